// What is asked of a function by its written types, its comment and its name, and what its file says besides.
import { readConstraints } from '../../../core/constraints.ts';
import type { ExecutionUnit } from '../../../core/execution-unit.ts';
import type { Language } from '../../../core/language.ts';
import type { PropertyQuestion } from '../protocol.ts';
import { pairOf } from '../round-trips.ts';
import { type TypeAsCode, typeAsCode } from './written-types.ts';

/** Words of a name or a comment by which a function may be there to change what it is given. */
const changes =
  /\bin[- ]place\b|\b(?:add|set|push|pop)\b|\b(?:modif|mutat|updat|append|insert|remov|delet|shuffl)\w*\b/i;

/** Words of a comment by which there is something in what is passed. */
const filled = /\bnon-?empty\b|\bnot (?:be )?empty\b|\bat least (?:one|two|three|\d)\b/i;

/** None of one that needs an instance, or a value of a type that nothing is known of. */
export function questionsOf(
  language: Language,
  unit: ExecutionUnit,
  text: string,
): readonly PropertyQuestion[] {
  const { execution } = language;
  const rules = execution?.properties;
  const { name, owner, parameters, returns, comment = '' } = unit;
  const passed = parameters.filter(({ kind }) => kind !== 'rest' && kind !== 'keyword-rest');
  const codes = passed.map(({ type = '' }) => codeOf(language, type));
  const isMade = (index: number): boolean =>
    rules?.types ? codes[index]?.makes !== undefined : passed[index]!.type !== undefined;
  if (!rules || owner !== undefined || passed.length === 0) return [];
  if (passed.some(({ optional }, index) => !optional && !isMade(index))) return [];
  // Those that are not made are left out, and with them what comes behind.
  const left = passed.findIndex((_, index) => !isMade(index));
  const made = passed.slice(0, left < 0 ? passed.length : left);
  const fits = returns === undefined ? undefined : codeOf(language, returns)?.fits;
  const asks = new Set(readConstraints(comment).map(({ kind }) => kind));
  const strict = asks.has('no-mutation') || asks.has('pure');
  const base = {
    kind: 'property' as const,
    name,
    ...(rules.types && {
      parameters: made.map((one, index) => ({
        name: one.name,
        makes: codes[index]!.makes!,
        optional: one.optional,
      })),
    }),
    returns: { written: returns ?? '', ...(fits !== undefined && { fits }) },
    strict,
    filled: filled.test(comment),
  };
  const isSteady =
    asks.has('deterministic') || asks.has('pure') || !new RegExp(rules.unsteady, 'mu').test(text);
  const mayChange = !strict && changes.test(`${name.replace(/_|(?=[A-Z])/g, ' ')} ${comment}`);
  const isTyped = returns !== undefined && (!rules.types || fits !== undefined);
  const single = passed.filter(({ optional }) => !optional).length === 1;
  return [
    { ...base, property: 'errors' },
    ...(isTyped ? [{ ...base, property: 'type' as const }] : []),
    ...(isSteady ? [{ ...base, property: 'steady' as const }] : []),
    ...(mayChange ? [] : [{ ...base, property: 'unchanged' as const }]),
    ...(single && asks.has('idempotent') ? [{ ...base, property: 'idempotent' as const }] : []),
    ...roundTripOf(language, unit, text),
  ];
}

const codeOf = ({ execution }: Language, written: string): TypeAsCode | undefined =>
  execution?.properties?.types
    ? typeAsCode({ ...execution.properties, types: execution.properties.types }, execution.values, written)
    : undefined;

/** There and back, where the file has another function whose name undoes this one's, and whose types do, too. */
function roundTripOf(language: Language, unit: ExecutionUnit, text: string): readonly PropertyQuestion[] {
  const rules = language.execution?.properties;
  const { name, parameters, returns } = unit;
  const [only, ...others] = parameters;
  if (!rules || only?.type === undefined || others.length > 0 || returns === undefined) return [];
  const { type } = only;
  const isThere = (other: string): boolean =>
    new RegExp(
      rules.maps
        .replace('{name}', other)
        .replace('{takes}', () => escaped(returns))
        .replace('{gives}', () => escaped(type)),
      'mu',
    ).test(text);
  const pair = pairOf(name, isThere, type !== returns);
  if (!pair) return [];
  const carried = pair.there === name ? type : returns;
  const makes = codeOf(language, carried)?.makes;
  if (rules.types && makes === undefined) return [];
  return [
    {
      kind: 'property',
      property: 'round-trip',
      name: pair.there,
      back: pair.back,
      ...(makes !== undefined && { parameters: [{ name: only.name, makes, optional: false }] }),
      returns: { written: carried },
      strict: false,
      filled: false,
    },
  ];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
