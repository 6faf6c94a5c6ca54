// What an example is, and what the readers of its forms share.
import type { DocLine } from '../documentation.ts';
import { type Span, span } from '../span.ts';
import { type ExampleCall, readCall } from './call.ts';

/**
 * `session`: `>>> f(1)`. `arrow`: `f(1) → 2`. `equality`: `f(1) == 2`. `words`: `f(1) returns 2`. `assertion`: an assert of
 * whatever library. `table`: a row. `block`: a code block as a whole, to be compiled or run as it is.
 */
export type ExampleForm = 'session' | 'arrow' | 'equality' | 'words' | 'assertion' | 'table' | 'block';

export interface Example {
  readonly form: ExampleForm;
  /** All of it, in the file. */
  readonly span: Span;
  /** What is evaluated, as written; several statements on lines of their own. */
  readonly code: string;
  /** What must come of it, as written: a value, or what is printed. Absent where it only shows how to call. */
  readonly expected?: string;
  /** The error that must be raised. */
  readonly raises?: string;
  /** The call that the example is about, with spans in the file; absent where it is another kind of expression. */
  readonly call?: ExampleCall;
  /** What stands behind the fence's opening: `no_run`, `should_panic`, a language's name. */
  readonly attributes?: string;
}

/** Examples of one doc comment that are read. */
export const maximumExamples = 60;

/** Lines of one doc comment that are read; the longest ones of real libraries have some hundreds. */
export const maximumLines = 2_000;

/** A line longer than this is data, not an example. */
export const maximumLine = 600;

/** Examples that begin on a line, and the line behind them. */
export interface Found {
  readonly examples: readonly Example[];
  readonly next: number;
}

/** The function that is documented. */
export interface ExampleSubject {
  readonly name: string;
  readonly parameters: readonly string[];
}

/** The call that an expression is, with its place in the file. */
export function wholeCall(code: string, start: number, complete: boolean): ExampleCall | undefined {
  const trimmed = code.trimEnd().replace(/;$/, '');
  const call = complete ? readCall(trimmed, 0) : undefined;
  return call && call.span.end === trimmed.length ? moved(call, start) : undefined;
}

/** A call with its places that much further on. */
export const moved = (call: ExampleCall, by: number): ExampleCall => ({
  ...call,
  span: span(call.span.start + by, call.span.end + by),
  nameSpan: span(call.nameSpan.start + by, call.nameSpan.end + by),
});

export type Lines = readonly DocLine[];
