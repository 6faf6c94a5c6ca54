// All that can be known of the samples of a task without labels: judged and run as the product does it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Example } from '../../server/core/examples/index.ts';
import { isFault } from '../../server/core/finding.ts';
import type { Language } from '../../server/core/language.ts';
import type { Snapshot } from '../../server/core/snapshot.ts';
import type { RunnableUnit } from '../../server/input/requirement/index.ts';
import type { Analysis } from '../../server/orchestration/analysis/analysis.ts';
import {
  type AssertionResult,
  type Behaviour,
  type CandidateExamples,
  type Input,
  inputsFor,
  observe,
  roundTrips,
  runAssertions,
  runExamples,
} from '../../server/validation/execution/index.ts';
import { severitiesOf } from '../../server/validation/index.ts';
import type { Sandbox } from '../../server/validation/sandbox/sandbox.ts';
import { run } from '../validation/kit.ts';
import { type Prompts, promptOf, type Task, testsOf } from './tasks.ts';

export interface Gathered {
  readonly unit: RunnableUnit['unit'];
  readonly examples: readonly Example[];
  readonly candidates: readonly GatheredCandidate[];
  /** What candidates do at inputs made with, and without, the tests of the model. */
  readonly withTests: Observed;
  readonly withoutTests: Observed;
  /** Tests as `testsOf` gives them. */
  readonly tests: readonly (readonly AssertionResult[])[];
  readonly sandboxSeconds: number;
}

export interface GatheredCandidate {
  /** What would be put in. */
  readonly text: string;
  /** The whole file with it. */
  readonly after: string;
  readonly faults: number;
  readonly findings: readonly string[];
  readonly examples: CandidateExamples;
}

export interface Observed {
  readonly inputs: readonly Input[];
  readonly behaviours: readonly (readonly Behaviour[])[];
}

export interface Machine {
  readonly analysis: Analysis;
  readonly sandbox: Sandbox;
  readonly language: Language;
  /** Folder that the documents are said to lie in. */
  readonly folder: string;
  /** Folder that keeps what was gathered, so that a change of the choice alone is measured in seconds. */
  readonly cache?: string;
}

const severities = severitiesOf({});

export async function gather(machine: Machine, task: Task, prompts: Prompts): Promise<Gathered> {
  const name = `${task.task_id.replace(/\W/g, '-')}-${prompts}`;
  const digest = createHash('sha256')
    .update(JSON.stringify([promptOf(task, prompts), task.samples.map(({ completion }) => completion)]))
    .digest('hex')
    .slice(0, 12);
  const kept = machine.cache === undefined ? undefined : join(machine.cache, `${name}-${digest}.json`);
  if (kept !== undefined && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Gathered;
  const gathered = await gatherAnew(machine, task, prompts, name);
  if (kept !== undefined) {
    mkdirSync(machine.cache!, { recursive: true });
    writeFileSync(kept, JSON.stringify(gathered));
  }
  return gathered;
}

async function gatherAnew(
  { analysis, sandbox, language, folder }: Machine,
  task: Task,
  prompts: Prompts,
  name: string,
): Promise<Gathered> {
  const text = promptOf(task, prompts);
  const path = join(folder, `${name.toLowerCase().replaceAll('-', '_')}.py`);
  const snapshot: Snapshot = {
    uri: pathToFileURL(path).href,
    path,
    version: 1,
    text,
    languageId: language.id,
  };
  await analysis.open(snapshot);
  try {
    const at = { uri: snapshot.uri, version: 1 };
    const start = text.lastIndexOf(`def ${task.entry_point}`);
    const name = { start: start + 4, end: start + 4 };
    const implement = (await analysis.requirements(run, at, name, [])).find(
      ({ kind }) => kind === 'implement',
    );
    const runnable = (await analysis.units(run, at, { start, end: text.length }))[0];
    if (!implement || !runnable) throw new Error(`${task.task_id}: nothing to implement was found`);
    const judged = [];
    for (const { completion } of task.samples) {
      const answer = `\`\`\`python\n${text.slice(start)}${completion}\n\`\`\``;
      judged.push(
        await analysis.judge(run, {
          ...at,
          target: implement.target,
          text: answer,
          mode: 'replace',
          severities,
        }),
      );
    }
    const { unit } = runnable;
    const examples = [...runnable.examples, ...roundTrips(language, unit, text)];
    const texts = judged.map(({ after }) => after);
    const began = performance.now();
    const exampled = await runExamples(run, sandbox, language, unit, texts, examples);
    const tests = testsOf(task);
    const [withTests, withoutTests] = [tests, []].map((known) => inputsFor(language, unit, examples, known));
    const inputs = unique([...withTests!, ...withoutTests!]);
    const behaviours = await observe(run, sandbox, language, unit, texts, inputs);
    const observed = (wanted: readonly Input[]): Observed => {
      const places = wanted.map((input) => inputs.findIndex((one) => keyOf(one) === keyOf(input)));
      return { inputs: wanted, behaviours: behaviours.map((row) => places.map((place) => row[place]!)) };
    };
    const asserted = await runAssertions(run, sandbox, language, unit, texts, tests);
    const sandboxSeconds = (performance.now() - began) / 1000;
    return {
      unit,
      examples,
      candidates: judged.map(({ text, after, findings }, index) => ({
        text,
        after,
        faults: findings.filter(isFault).length,
        findings: findings.map(({ check, message }) => `${check}: ${message}`),
        examples: exampled[index]!,
      })),
      withTests: observed(withTests!),
      withoutTests: observed(withoutTests!),
      tests: asserted,
      sandboxSeconds,
    };
  } finally {
    await analysis.close(snapshot.uri);
  }
}

const keyOf = ({ receiver, arguments: values, keywords }: Input): string =>
  JSON.stringify([receiver, values, keywords]);

const unique = (inputs: readonly Input[]): readonly Input[] => [
  ...new Map(inputs.map((input) => [keyOf(input), input])).values(),
];
