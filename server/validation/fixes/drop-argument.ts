// Takes an argument out of a call, with the comma that goes with it.
import type { ArgumentFact, CallFact } from '../../core/facts.ts';
import type { Fix } from '../../core/finding.ts';

/** Never certain: the argument may be wanted, and the name or the function wrong. */
export function dropArgument(
  path: string,
  text: string,
  call: CallFact,
  argument: ArgumentFact,
  title: string,
): Fix {
  const at = call.arguments.indexOf(argument);
  const before = call.arguments[at - 1];
  const after = call.arguments[at + 1];
  const span = before
    ? { start: before.span.end, end: argument.span.end }
    : { start: argument.span.start, end: after ? after.span.start : endWithComma(text, argument.span.end) };
  return { title, certain: false, edits: [{ path, edits: [{ span, newText: '' }] }] };
}

const endWithComma = (text: string, end: number): number => end + /^\s*,?/.exec(text.slice(end))![0].length;
