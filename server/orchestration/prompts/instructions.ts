// What each kind of task says to the model. Short on purpose: small local models follow few words better than many.
import type { TaskKind } from '../../core/task.ts';
import { promptMarks } from '../../development/polish/index.ts';

export const systemPrompt = [
  'You write code that is put into the user’s file exactly as you answer it.',
  'Answer with one fenced code block and nothing else: no explanation, no alternatives.',
  'Write it completely: no placeholders, no TODO, no “rest stays the same”.',
  'Use only names, modules and members that the shown code or the language’s standard library has. Keep the file’s style and indentation.',
].join('\n');

/** What to answer with, a sentence or two a kind. `{symbol}` is the subject’s name. */
export const instructions: Record<TaskKind, string> = {
  implement:
    'Implement {symbol}. Answer with the whole of it: its signature and doc comment as they are, and a complete body.',
  rewrite: 'Rewrite the marked code. Answer with the code that replaces all of it.',
  fix: 'Fix the marked code. Answer with the code that replaces all of it, changed no more than the fix needs.',
  document:
    'Write the doc comment of {symbol}: what it does, parameters, result, errors. Answer with the doc comment alone, in the language’s usual form.',
  tests:
    'Write tests of {symbol} with the test framework that the project uses (the language’s usual one if none is shown): usual cases, borders, errors. Answer with a complete test file or the tests to append to it, imports included.',
  plan: 'Plan how to do what is asked. Answer with a comment in the file’s language: a numbered list of short, concrete steps, each naming the functions and files that it touches.',
};

export const proseLead = 'What is asked, in the user’s words:\n';

export const repairRequest = (problems: string): string =>
  `That answer was checked and cannot be used as it is:\n${problems}\nAnswer again with the whole corrected code.`;

export const completionSystemPrompt = [
  `You complete code at the place marked ${promptMarks.cursor}.`,
  'Answer with one fenced code block that holds only the text to insert there: nothing that stands before or after the mark, no explanation.',
].join('\n');
