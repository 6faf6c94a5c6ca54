// What tests of execution share: the languages, a unit by its signature, examples as a doc comment has them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docLines } from '../../../server/core/documentation.ts';
import { type Example, readExamples } from '../../../server/core/examples/index.ts';
import type { Language } from '../../../server/core/language.ts';
import { detachedRun, type Run } from '../../../server/core/run.ts';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import type { ExecutionUnit } from '../../../server/validation/execution/index.ts';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import { findProgram } from '../../../server/validation/sandbox/programs.ts';

const root = join(fileURLToPath(new URL('../../../', import.meta.url)));
const languages = readLanguages(join(root, 'grammars'));

export const language = (id: string): Language => languages.find((one) => one.id === id)!;

export const run: Run = detachedRun(() => undefined);
export const sandbox = await findSandbox(() => undefined).catch(() => undefined);

/** Whether a program is there to run a language with. */
export const has = async (program: string): Promise<boolean> =>
  sandbox !== undefined && (await findProgram(program, root)) !== undefined;

/** `add(a: int, b)`, or `Stack.push(item)`. */
export function unit(signature: string, path = '/project/orders.py'): ExecutionUnit {
  const [, owner, name, parameters] = /^(?:(\w+)\.)?(\w+)\((.*)\)$/.exec(signature)!;
  return {
    languageId: 'python',
    path,
    name: name!,
    ...(owner && { owner }),
    parameters: parameters!
      .split(', ')
      .filter((part) => part !== '')
      .map((part) => {
        const [parameter, type] = part.split(': ');
        return { name: parameter!, kind: 'either', optional: false, ...(type && { type }) };
      }),
  };
}

export const examples = (text: string, { name, parameters }: ExecutionUnit): readonly Example[] =>
  readExamples(docLines(text, { start: 0, end: text.length }), {
    name,
    parameters: parameters.map((parameter) => parameter.name),
  });
