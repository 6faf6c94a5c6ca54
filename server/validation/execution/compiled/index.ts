// Candidates in a compiled language: one program of all of them, compiled once and started once, and once more behind each
// question that hangs or ends the program.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BuildRules } from '../../../core/build-rules.ts';
import type { ExecutionUnit } from '../../../core/execution-unit.ts';
import type { Run } from '../../../core/run.ts';
import type { Command, Sandbox, Workplace } from '../../sandbox/sandbox.ts';
import { settle } from '../../tests/command.ts';
import {
  batchMilliseconds,
  batchOutput,
  batchProcesses,
  buildMemory,
  harnessLimits,
  maxCompiled,
} from '../limits.ts';
import { type CompiledQuestion, type HarnessOutcome, newMark, readAnswers, unasked } from '../protocol.ts';
import type { Toolchain } from '../toolchain.ts';
import { build } from './build.ts';
import type { Asking } from './program.ts';
import { companionsOf, surroundingsOf } from './project.ts';
import { fill } from './template.ts';

/** The harness ends its program with it when a question has not ended. */
const outOfTime = 3;

export interface Compiler extends Toolchain {
  readonly rules: BuildRules;
  /** Path of the harness. */
  readonly harness: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * @param candidates different texts of the unit's file.
 * @returns one row a candidate, one outcome a question; or why nothing can be run here.
 * @throws the abort reason when the run ends; Error when the sandbox cannot make a place to run in.
 */
export async function askCompiled(
  run: Run,
  sandbox: Sandbox,
  { rules, harness, program, readable, environment }: Compiler,
  unit: ExecutionUnit,
  candidates: readonly string[],
  questions: readonly CompiledQuestion[],
): Promise<{ readonly rows: readonly (readonly HarnessOutcome[])[] } | { readonly cannot: string }> {
  const surroundings = await surroundingsOf(rules, unit, candidates[0]!);
  const settled = (paths: readonly string[]): readonly string[] =>
    paths.flatMap((path) => settle(path) ?? []);
  const { project } = surroundings;
  await using place = await sandbox.open(run, {
    ...(project !== undefined && { project }),
    readable: [...readable, ...settled(rules.readable)],
    caches: settled(rules.caches),
  });
  // Files around it may be compiled as well, and look for it.
  if (project !== undefined && !existsSync(unit.path)) await place.write(unit.path, candidates[0]!);
  const rows = candidates.map(() => questions.map(() => unasked));
  const parts = {
    rules,
    harness: await readFile(harness, 'utf8'),
    surroundings,
    companions: await companionsOf(rules, unit, project === undefined ? undefined : place),
    candidates,
    questions,
    receivers: rules.question.receivers.filter((one) => unit.owner !== undefined || !one.includes('{owner}')),
  };
  const filled = Object.entries(environment).flatMap(([name, text]) => {
    const value = settle(fill(text, surroundings.words));
    return value === undefined ? [] : [[name, value] as const];
  });
  const command = { program, environment: Object.fromEntries(filled) };
  const built = await build(run, place, command, parts, askingsOf(rules, candidates, questions));
  if ('cannot' in built) return built;
  for (const [candidate, question, outcome] of built.refused) {
    const row = rows[candidate]!;
    if (question === -1) row.fill(outcome);
    else row[question] = outcome;
  }
  if (built.asked.length === 0) return { rows };
  const started = await start(
    run,
    place,
    rules,
    { folder: built.folder, environment: command.environment },
    built.asked,
    rows,
  );
  return started ?? { rows };
}

/** In order; questions that no program can answer are left out, and the last ones of too many. */
function askingsOf(
  { question: rules }: BuildRules,
  candidates: readonly string[],
  questions: readonly CompiledQuestion[],
): readonly Asking[] {
  const each = Math.max(1, Math.floor(maxCompiled / candidates.length));
  const asked = questions.flatMap(({ kind }, question) =>
    kind === 'assertion' && !rules.assertion ? [] : [question],
  );
  return candidates.flatMap((_, candidate) =>
    asked
      .slice(0, each)
      .map((question) => ({ candidate, question, withSetup: true, receiver: 0, isWritten: false })),
  );
}

/** Fills in the rows. @returns why the program does not run, if so. */
async function start(
  run: Run,
  place: Workplace,
  { run: { program, parameters } }: BuildRules,
  where: Pick<Command, 'folder' | 'environment'>,
  asked: readonly Asking[],
  rows: HarnessOutcome[][],
): Promise<{ readonly cannot: string } | undefined> {
  const began = performance.now();
  const ends = new Map<number, { slow: number; deaths: number }>();
  const milliseconds = harnessLimits.questionSeconds * harnessLimits.patience * 1000;
  for (let at = 0; at < asked.length; ) {
    const remaining = batchMilliseconds - (performance.now() - began);
    if (remaining <= 0) return undefined;
    const from = asked[at]!;
    const mark = newMark();
    const outcome = await place.execute(run, {
      ...where,
      program,
      // The harness reads it before any candidate is called, so that none can answer in its place.
      input: `${mark}\n`,
      parameters: [...parameters, from.candidate, from.question, milliseconds, harnessLimits.text].map(
        String,
      ),
      limits: {
        milliseconds: remaining,
        output: batchOutput,
        processes: batchProcesses,
        memory: buildMemory,
      },
    });
    const answers = readAnswers(outcome.output, mark, rows.length, rows[0]!.length);
    const isAnswered = ({ candidate, question }: Asking): boolean =>
      answers.rows[candidate]![question] !== unasked;
    let next = at;
    for (; next < asked.length && isAnswered(asked[next]!); next++) {
      const { candidate, question } = asked[next]!;
      rows[candidate]![question] = answers.rows[candidate]![question]!;
    }
    if (answers.complete || outcome.ended !== 'exit') return undefined;
    const isLate = outcome.code === outOfTime && next > at;
    if (!answers.begun && at === 0 && outcome.code !== undefined) {
      const last = outcome.errors.trim().split('\n').at(-1) ?? '';
      return { cannot: `${basename(program)} ended without an answer: ${last.slice(0, 200)}` };
    }
    const culprit = asked[isLate ? next - 1 : next];
    if (!culprit) return undefined;
    const told: HarnessOutcome = { kind: isLate ? 'timeout' : 'died' };
    const seen = ends.get(culprit.candidate) ?? { slow: 0, deaths: 0 };
    if (isLate) seen.slow++;
    else {
      seen.deaths++;
      rows[culprit.candidate]![culprit.question] = told;
      next++;
    }
    ends.set(culprit.candidate, seen);
    const isHopeless = seen.slow > harnessLimits.slowQuestions || seen.deaths > harnessLimits.deaths;
    for (; isHopeless && asked[next]?.candidate === culprit.candidate; next++)
      rows[culprit.candidate]![asked[next]!.question] = told;
    at = next;
  }
  return undefined;
}
