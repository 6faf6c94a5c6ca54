// Written types as code of the library that makes inputs: an expression that makes values of a type, and one that tells them.
import type { PropertyRules, ValueRules } from '../../../core/execution-rules.ts';
import { splitOutside } from '../inputs/shape.ts';

export interface TypeAsCode {
  /** Absent where none are made. */
  readonly makes?: string;
  /** Of `value`. */
  readonly fits: string;
}

type Rules = Required<Pick<PropertyRules, 'types'>> & Pick<PropertyRules, 'modifier'>;

const deepest = 6;

/** A literal of a text without quotes in it, of a number, or of a truth. */
const literal = /^(?:'[^'\\\n]*'|"[^"\\\n]*"|-?\d+(?:\.\d+)?|true|false)$/;

/**
 * @param values how types are written in the language.
 * @returns nothing for a type that the rules do not know; of one with a part that they do not know, only what tells it.
 */
export function typeAsCode(
  rules: Rules,
  values: Pick<ValueRules, 'brackets' | 'many' | 'union'>,
  written: string,
  depth = 0,
): TypeAsCode | undefined {
  const type = bare(rules, written);
  if (type === '' || depth > deepest) return undefined;
  const filled = (name: string, parts: readonly string[]): TypeAsCode | undefined =>
    fill(
      rules,
      name,
      parts.map((part) => typeAsCode(rules, values, part, depth + 1)),
    );
  if (literal.test(type)) return fill(rules, "'", [], type);
  const options = splitOutside(type, values.union).filter((option) => option.trim() !== '');
  if (options.length > 1) return filled(values.union, options);
  if (type.startsWith('[') && type.endsWith(']')) return filled('[,]', partsOf(type.slice(1, -1)));
  if (values.many !== undefined && type.endsWith(values.many))
    return filled(values.many, [type.slice(0, -values.many.length)]);
  const [open, close] = values.brackets;
  const opening = type.indexOf(open);
  const generic = opening > 0 && type.endsWith(close);
  return filled(
    generic ? type.slice(0, opening).trim() : type,
    generic ? partsOf(type.slice(opening + open.length, -close.length)) : [],
  );
}

const partsOf = (source: string): readonly string[] =>
  splitOutside(source, ',').filter((part) => part.trim() !== '');

/** Without brackets around it and words before it that change nothing in its values. */
function bare(rules: Rules, written: string): string {
  const type = written.trim();
  const { modifier } = rules;
  if (modifier !== undefined && type.startsWith(`${modifier} `))
    return bare(rules, type.slice(modifier.length));
  return type.startsWith('(') && type.endsWith(')') ? bare(rules, type.slice(1, -1)) : type;
}

function fill(
  { types }: Rules,
  name: string,
  parts: readonly (TypeAsCode | undefined)[],
  text = '',
): TypeAsCode | undefined {
  const code = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!code) return undefined;
  const filled = (template: string, all: readonly string[], missing: string): string =>
    template.replace(/\{(\d|all|text)\}/g, (_, slot: string) =>
      slot === 'text' ? text : slot === 'all' ? all.join(', ') : (all[Number(slot)] ?? missing),
    );
  const anything = '(() => true)';
  const fits = filled(
    code.fits,
    parts.map((part) => (part ? `((value) => ${part.fits})` : anything)),
    anything,
  );
  const makers = parts.flatMap((part) => part?.makes ?? []);
  // A part that is not written may be anything.
  const needed = [...(code.makes ?? '').matchAll(/\{(\d)\}/g)].every(([, at]) => Number(at) < parts.length);
  const isMade = code.makes !== undefined && makers.length === parts.length && needed;
  return { ...(isMade && { makes: filled(code.makes, makers, '') }), fits };
}
