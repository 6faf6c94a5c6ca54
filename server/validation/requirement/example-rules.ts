// Examples that contradict the signature or one another.
import type { Example, ExampleCall } from '../../core/examples/index.ts';
import type { ParameterFact } from '../../core/facts.ts';
import { spanText } from '../../core/span.ts';
import type { CheckFinding } from '../check.ts';
import { nearest } from '../fixes/nearest.ts';
import { contradicts, isNothing } from './literal-types.ts';
import type { Documented, Rule } from './subject.ts';

const finding = (span: CheckFinding['span'], message: string): CheckFinding => ({ span, message, fixes: [] });

/** Examples that call the function itself, and not another of its name elsewhere. */
const ownCalls = ({ examples, symbol }: Documented): (Example & { readonly call: ExampleCall })[] =>
  examples.filter(
    (example): example is Example & { readonly call: ExampleCall } => example.call?.name === symbol.name,
  );

/** Too many arguments, too few, a keyword that is none, a literal of another type than is written. */
export const argumentsFit: Rule = (documented) =>
  documented.complete && !usesAllArguments(documented)
    ? ownCalls(documented).flatMap(({ call }) => {
        const trouble = troubleOf(documented, call);
        return trouble === undefined ? [] : [finding(call.span, trouble)];
      })
    : [];

/** A body that reads its arguments by number takes any. */
const usesAllArguments = ({ symbol, subject }: Documented): boolean =>
  symbol.body !== undefined && /\barguments\b/.test(spanText(subject.text, symbol.body));

function troubleOf({ parameters, symbol, subject }: Documented, call: ExampleCall): string | undefined {
  const given = call.arguments;
  // A method that is called by its class gets the object as well; a spread stands for any number.
  if (given.some(({ spread }) => spread)) return undefined;
  if (symbol.kind === 'method' && /(?:^|[.:])[A-Z]\w*$/.test(call.receiver ?? '')) return undefined;
  const byPlace = parameters.filter(({ kind }) => kind === 'positional' || kind === 'either');
  const rest = parameters.some(({ kind }) => kind === 'rest');
  const restByName = parameters.some(({ kind }) => kind === 'keyword-rest');
  const named = parameters.some(({ kind }) => kind !== 'positional' && kind !== 'rest');
  const placed = given.filter(({ keyword }) => keyword === undefined || !named);
  if (placed.length > byPlace.length && !rest) {
    return `The example passes ${placed.length} arguments to \`${symbol.name}\`, which takes ${byPlace.length}`;
  }
  const byName = named ? given.flatMap(({ keyword }) => (keyword === undefined ? [] : [keyword])) : [];
  const stranger = restByName
    ? undefined
    : byName.find((keyword) => !parameters.some(({ name }) => name === keyword));
  if (stranger !== undefined) {
    return `The example passes \`${stranger}\`, which is no parameter of \`${symbol.name}\``;
  }
  const filled = new Set([...byPlace.slice(0, placed.length).map(({ name }) => name), ...byName]);
  const absent = parameters.find((parameter) => mustBeGiven(parameter) && !filled.has(parameter.name));
  if (absent) return `The example calls \`${symbol.name}\` without \`${absent.name}\`, which it must have`;
  for (const [index, { text, keyword }] of given.entries()) {
    const parameter =
      keyword === undefined || !named ? byPlace[index] : parameters.find(({ name }) => name === keyword);
    const type = parameter?.type && spanText(subject.text, parameter.type);
    if (type && contradicts(text, type)) {
      return `The example passes ${text} for \`${parameter.name}\`, which is declared as \`${type}\``;
    }
  }
  return undefined;
}

/** Where a language minds neither names nor types, it does not mind absent arguments either. */
const mustBeGiven = ({ optional, kind, type }: ParameterFact): boolean =>
  !optional && (kind === 'either' || kind === 'keyword' || (kind === 'positional' && type !== undefined));

/** Forms in which the value is what is returned, not what is printed. */
const tellsResult = new Set<Example['form']>(['arrow', 'equality', 'words', 'assertion', 'table']);

export const resultsFit: Rule = (documented) =>
  ownCalls(documented).flatMap(({ form, expected, call }) => {
    const { returns, symbol } = documented;
    if (expected === undefined || returns === undefined || !tellsResult.has(form)) return [];
    if (contradicts(expected, returns)) {
      return [
        finding(
          call.span,
          `The example has ${expected} for a result, but \`${symbol.name}\` is declared to return \`${returns}\``,
        ),
      ];
    }
    if (isNothing(returns) && /^(?:["'\d]|true$|false$)/i.test(expected)) {
      return [
        finding(
          call.span,
          `The example has ${expected} for a result, but \`${symbol.name}\` is declared to return nothing`,
        ),
      ];
    }
    return [];
  });

const plain = (code: string): string => code.replace(/\s+/g, '').replaceAll("'", '"');

/** The same call with two results. In a session the state may have changed; of a stub that is not known to have any. */
export const resultsAgree: Rule = (documented) => {
  const first = new Map<string, string>();
  return ownCalls(documented).flatMap(({ code, expected, form, call }) => {
    if (expected === undefined || (form === 'session' && !documented.stub)) return [];
    const key = plain(code);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, expected);
      return [];
    }
    return plain(before) === plain(expected)
      ? []
      : [
          finding(
            call.span,
            `Two examples call \`${code}\`: one has ${shown(before)} for a result, the other ${shown(expected)}`,
          ),
        ];
  });
};

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** No example calls the function, and one calls what may be its name misspelt; of a stub, any other. */
export const namesAgree: Rule = ({ examples, symbol, stub, subject }) => {
  const calls = examples.flatMap(({ call, expected, raises }) =>
    call && (expected !== undefined || raises !== undefined) ? [call] : [],
  );
  if (calls.length === 0 || symbol.kind === 'constructor') return [];
  if (examples.some(({ code }) => new RegExp(`(?<![\\w$])${escaped(symbol.name)}(?![\\w$])`).test(code)))
    return [];
  const known = new Set(subject.facts.symbols.map(({ name }) => name));
  return calls.flatMap((call) => {
    const near = nearest(call.name, [symbol.name]);
    if (known.has(call.name) || (!near && !(stub && call.receiver === undefined && call === calls[0])))
      return [];
    return [
      {
        span: call.nameSpan,
        message: `The example calls \`${call.name}\`, the function is \`${symbol.name}\``,
        fixes: [
          {
            title: `Call \`${symbol.name}\` in the example`,
            edits: [{ path: subject.path, edits: [{ span: call.nameSpan, newText: symbol.name }] }],
            certain: near?.certain === true,
          },
        ],
      },
    ];
  });
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
