// What a rule asks of a call beside its name: its arguments, their values, what its result is for.
import type { ArgumentFact, CallFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { CompiledSink, Condition } from './compile.ts';
import type { Tools } from './sinks.ts';
import { isHole, textOf } from './value.ts';

export function holdsForCall(tools: Tools, { when, unless, without }: CompiledSink, call: CallFact): boolean {
  const holds = ({ argument, matches }: Condition): boolean =>
    argumentsOf(call, argument).some((value) => passes(tools, value, matches));
  // What is spread may hold any argument: then none is known to be absent.
  const spreads = call.arguments.some(({ spread }) => spread);
  return (
    when.every(holds) &&
    !unless.some(holds) &&
    without.every((which) => !spreads && argumentsOf(call, which).length === 0)
  );
}

/** `0`, `"shell"`, `"1|mode"`, `"receiver"`, `"*"`. */
export function argumentsOf(call: CallFact, which: number | string): readonly Span[] {
  if (which === '*') return call.arguments.map(({ value }) => value);
  const alternatives = typeof which === 'number' ? [which] : which.split('|');
  return alternatives.flatMap((one) => {
    if (one === 'receiver') return call.receiver ? [call.receiver] : [];
    if (typeof one === 'number' || /^\d+$/.test(one)) return placed(call.arguments, Number(one));
    if (/^\d+\+$/.test(one)) return call.arguments.slice(Number.parseInt(one, 10)).map(({ value }) => value);
    return call.arguments.filter(({ keyword }) => keyword === one).map(({ value }) => value);
  });
}

function placed(given: readonly ArgumentFact[], place: number): Span[] {
  const one = given[place];
  return one && one.keyword === undefined && !given.slice(0, place + 1).some(({ spread }) => spread)
    ? [one.value]
    : [];
}

/** Whether a value is what a condition asks for: by its resolved name, its constant text in quotes, or as it is written. */
export function passes({ code, names, flow }: Tools, span: Span, pattern: RegExp): boolean {
  const written = code.text.slice(span.start, Math.min(span.end, span.start + 1000));
  if (pattern.test(written) || pattern.test(names.of(span))) return true;
  const value = flow.valueOf(span);
  return value.length > 0 && !value.some(isHole) && pattern.test(`"${textOf(value)}"`);
}

/** Whether the variable, keyword or function that a call's result is for has such a name. */
export function isNamed({ code }: Tools, pattern: RegExp, call: CallFact): boolean {
  const { text, facts } = code;
  const inside = (outer: Span | undefined): boolean =>
    outer !== undefined && outer.start <= call.span.start && call.span.end <= outer.end;
  return (
    code.functionsAt(call.span.start).some(({ name }) => pattern.test(name)) ||
    (facts.symbols.length === 0 && pattern.test(headerBefore(text, call.span.start))) ||
    facts.assignments.some(
      ({ target, value }) => inside(value) && pattern.test(text.slice(target.start, target.end)),
    ) ||
    facts.calls.some((outer) =>
      outer.arguments.some(
        ({ keyword, value }) => keyword !== undefined && inside(value) && pattern.test(keyword),
      ),
    )
  );
}

/** The name before the last list in brackets that begins a line: a function's, where the language's symbols are not read. */
const headerBefore = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - 4000), at)
    .match(/^\w[\w \t*&:<>]*?\w+[ \t]*\([^;{}]*\)[ \t]*\{?[ \t]*$/gm)
    ?.at(-1)
    ?.split('(', 1)[0] ?? '';
