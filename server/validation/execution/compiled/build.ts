// Compiling: what an error is about is left out or written otherwise, until the rest is a program.
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { BuildRules } from '../../../core/build-rules.ts';
import type { Run } from '../../../core/run.ts';
import type { Command, Workplace } from '../../sandbox/sandbox.ts';
import { buildFile, buildMemory, buildMilliseconds, buildRounds } from '../limits.ts';
import type { HarnessOutcome } from '../protocol.ts';
import { type Asking, type Parts, type Program, programOf, wordsIn } from './program.ts';
import { fill, type Slot } from './template.ts';

export interface Built {
  /** What was compiled, in order; nothing where no question could be. */
  readonly asked: readonly Asking[];
  /** Of those that could not be, by candidate and question; `-1` for all of a candidate. */
  readonly refused: readonly (readonly [candidate: number, question: number, outcome: HarnessOutcome])[];
  /** Folder of the program, from the workplace's root. */
  readonly folder: string;
}

interface CompileError {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/**
 * @param asked sorted by candidate and question.
 * @returns why nothing could be compiled, where that is not known of each question.
 * @throws the abort reason when the run ends.
 */
export async function build(
  run: Run,
  place: Workplace,
  command: Pick<Command, 'program' | 'environment'>,
  parts: Parts,
  asked: readonly Asking[],
): Promise<Built | { readonly cannot: string }> {
  const { rules, surroundings } = parts;
  const refused: [number, number, HarnessOutcome][] = [];
  let left = asked;
  let said = '';
  for (let round = 0; round < buildRounds && left.length > 0; round++) {
    const words = wordsIn(surroundings, round);
    const folder = posix.join('.', fill(rules.place, words));
    const program = programOf(parts, left, round);
    for (const [path, text] of program.files) await place.write(posix.join(folder, path), text);
    const outcome = await place.execute(run, {
      ...command,
      parameters: rules.compile.parameters.map((one) => fill(one, words)),
      folder,
      limits: { milliseconds: buildMilliseconds, memory: buildMemory, file: buildFile },
    });
    if (outcome.ended !== 'exit') return { cannot: `compiling it did not end in time (${outcome.ended})` };
    if (outcome.code === 0) return { asked: left, refused, folder };
    said = `${outcome.output}\n${outcome.errors}`;
    const errors = errorsIn(rules, said, join(place.root, folder));
    const before = left;
    left = withoutErrors(left, errors, program, parts, refused);
    if (left === before) break;
  }
  if (left.length === 0) return { asked: [], refused, folder: '' };
  const [first] = errorsIn(rules, said, place.root);
  return {
    cannot: `it cannot be compiled: ${(first?.message ?? said.trim().split('\n').at(-1) ?? '').slice(0, 200)}`,
  };
}

function errorsIn({ compile }: BuildRules, said: string, folder: string): readonly CompileError[] {
  return [...said.matchAll(new RegExp(compile.error, 'gmu'))].flatMap(({ groups }) => {
    const { path, line, message } = groups ?? {};
    if (path === undefined || line === undefined || message === undefined) return [];
    const below = isAbsolute(path) ? relative(folder, path) : path;
    return [
      { path: posix.normalize(below.split(sep).join('/')), line: Number(line), message: message.trim() },
    ];
  });
}

/** What is left to be tried: the same list where no error is about anything in it. */
function withoutErrors(
  asked: readonly Asking[],
  errors: readonly CompileError[],
  program: Program,
  parts: Parts,
  refused: [number, number, HarnessOutcome][],
): readonly Asking[] {
  const candidates = new Map<number, string>();
  const found = new Map<string, { slot: Slot | undefined; message: string }>();
  const keyOf = ({ candidate, question }: Asking): string => `${candidate} ${question}`;
  for (const { path, line, message } of errors) {
    const origin = program.originOf(path);
    if (!origin) continue;
    if ('candidate' in origin) {
      if (!candidates.has(origin.candidate)) candidates.set(origin.candidate, message);
      continue;
    }
    const key = keyOf(origin.asking);
    if (!found.has(key)) found.set(key, { slot: origin.slotAt(line), message });
  }
  if (candidates.size === 0 && found.size === 0) return asked;
  for (const [candidate, message] of candidates) {
    refused.push([candidate, -1, { kind: 'unclear', why: `it cannot be compiled on its own: ${message}` }]);
  }
  return asked.flatMap((one) => {
    if (candidates.has(one.candidate)) return [];
    const error = found.get(keyOf(one));
    if (!error) return [one];
    const next = otherForm(one, error.slot, parts);
    if (next) return [next];
    const why = `it cannot be compiled: ${error.message}`;
    refused.push([one.candidate, one.question, { kind: 'unclear', why }]);
    return [];
  });
}

function otherForm(one: Asking, slot: Slot | undefined, { questions, receivers }: Parts): Asking | undefined {
  const question = questions[one.question]!;
  const hasSetup = one.withSetup && question.kind === 'example' && question.setup !== undefined;
  if (hasSetup && (slot === 'setup' || slot === undefined)) return { ...one, withSetup: false };
  if (slot === 'code' && one.receiver + 1 < receivers.length) return { ...one, receiver: one.receiver + 1 };
  const canBeWritten = question.kind === 'example' && question.expected !== undefined && !one.isWritten;
  return slot === 'expected' && canBeWritten ? { ...one, isWritten: true } : undefined;
}
