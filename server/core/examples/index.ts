// Examples in documentation: calls and what must come of them, in every usual way to write them. One parser for all who
// ask: what a prompt shows, what contradicts a signature, and what can be run.
import type { DocLine } from '../documentation.ts';
import { readBlock, readIndented } from './block.ts';
import { type Example, type ExampleSubject, maximumExamples, maximumLines } from './example.ts';
import { readLabelled, readSentence } from './labelled.ts';
import { readLine } from './line.ts';
import { readSession } from './session.ts';
import { readTable } from './table.ts';

export type { ExampleArgument, ExampleCall } from './call.ts';
export type { Example, ExampleForm, ExampleSubject } from './example.ts';
export { readOutput } from './output.ts';

/**
 * All examples of a doc comment.
 * @param lines without comment marks, as `docLines` gives them.
 * @param subject the function that it documents: rows of a table may name its parameters instead of calling it.
 */
export function readExamples(lines: readonly DocLine[], subject?: ExampleSubject): readonly Example[] {
  const examples: Example[] = [];
  let at = 0;
  const end = Math.min(lines.length, maximumLines);
  while (at < end && examples.length < maximumExamples) {
    const session = readSession(lines, at);
    const found =
      session ??
      readTable(lines, at, subject) ??
      readLabelled(lines, at, subject) ??
      readBlock(lines, at, (inner) => readExamples(inner, subject)) ??
      readIndented(lines, at);
    if (found) {
      examples.push(...found.examples);
      at = found.next;
      continue;
    }
    const called = readLine(lines[at]!, 'prose');
    examples.push(...(called.length > 0 ? called : readSentence(lines[at]!, subject)));
    at++;
  }
  return examples.slice(0, maximumExamples);
}
