// The choice alone, in process, with 5 to 100 samples: fast enough to tune it, on what `gather` keeps.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSyntax } from '../../server/input/syntax/index.ts';
import { createAnalysis } from '../../server/orchestration/analysis/local.ts';
import { findSandbox } from '../../server/validation/sandbox/index.ts';
import { log, print } from '../validation/kit.ts';
import { gather } from './gather.ts';
import {
  choose,
  chosenBy,
  codeT,
  evenly,
  factsOf,
  labelsOf,
  largestGroup,
  offeredLabels,
  rightness,
  subsetsOf,
} from './score.ts';
import { differenceOf, figureOf, mean } from './statistics.ts';
import { type Prompts, readTasks } from './tasks.ts';

/** Samples, and whether tests of the model are used, too. */
const settings = [
  [5, false],
  [10, false],
  [20, false],
  [50, false],
  [100, false],
  [100, true],
] as const;

const selectors = ['vouch', 'codeT', 'largest group', 'random', 'ceiling'] as const;
type Shares = Record<(typeof selectors)[number], number>;

interface TaskRow {
  readonly official: Shares;
  readonly plus: Shares;
  readonly vouched: { readonly share: number; readonly official: number; readonly plus: number };
}

export async function chosenAlone(options: {
  readonly data: string;
  readonly prompts: Prompts;
  readonly tasks: readonly [number, number];
  readonly cache?: string;
}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vouch-bench-select-'));
  const analysis = createAnalysis({ log });
  await analysis.configure([{ path: folder, exclude: [], redact: false }], {
    exclude: [],
    redact: false,
    registries: {},
  });
  const language = (await createSyntax({ log })).languageFor('a.py')!;
  const machine = {
    analysis,
    language,
    folder,
    sandbox: await findSandbox(log),
    ...(options.cache !== undefined && { cache: options.cache }),
  };
  const rows = new Map<string, TaskRow[]>();
  const seconds: number[] = [];
  for (const task of readTasks(options.data).slice(...options.tasks)) {
    const gathered = await gather(machine, task, options.prompts);
    seconds.push(gathered.sandboxSeconds);
    for (const [samples, generatedTests] of settings) {
      const name = `${samples} samples${generatedTests ? ', generated tests' : ''}`;
      const row = rowOf(language, task, gathered, samples, generatedTests);
      rows.set(name, [...(rows.get(name) ?? []), row]);
    }
  }
  for (const [name, all] of rows) report(`${options.prompts}, ${name}`, all);
  print({ bench: 'select', what: 'sandbox seconds a task', prompts: options.prompts, mean: mean(seconds) });
  await analysis.dispose();
  await rm(folder, { recursive: true, force: true });
}

function rowOf(
  language: Parameters<typeof choose>[0],
  task: ReturnType<typeof readTasks>[number],
  gathered: Parameters<typeof choose>[1],
  samples: number,
  generatedTests: boolean,
): TaskRow {
  const raw = labelsOf(task);
  const offered = offeredLabels(task, gathered);
  const subsets = subsetsOf(task.samples.length, samples);
  const each = subsets.map((subset) => {
    const choice = choose(language, gathered, subset, generatedTests);
    const chosen = chosenBy(choice, subset);
    const group = largestGroup(factsOf(language, gathered, subset, generatedTests), subset);
    const shares = (label: 'official' | 'plus'): Shares => ({
      vouch: rightness(chosen, offered[label]),
      codeT: rightness(codeT(gathered, subset), raw[label]),
      'largest group': rightness(group, raw[label]),
      random: rightness(evenly(subset), raw[label]),
      ceiling: Number(subset.some((index) => raw[label][index])),
    });
    return { vouched: choice.verdict === 'vouched', official: shares('official'), plus: shares('plus') };
  });
  const average = (label: 'official' | 'plus'): Shares =>
    Object.fromEntries(
      selectors.map((name) => [
        name,
        label === 'plus' && !task.plus_label_valid ? Number.NaN : mean(each.map((one) => one[label][name])),
      ]),
    ) as Shares;
  const sure = each.filter(({ vouched }) => vouched);
  return {
    official: average('official'),
    plus: average('plus'),
    vouched: {
      share: sure.length / each.length,
      official: sure.reduce((sum, one) => sum + one.official.vouch, 0) / each.length,
      plus: sure.reduce((sum, one) => sum + one.plus.vouch, 0) / each.length,
    },
  };
}

function report(what: string, rows: readonly TaskRow[]): void {
  const column = (label: 'official' | 'plus', name: (typeof selectors)[number]): number[] =>
    rows.map((row) => row[label][name]);
  for (const name of selectors) {
    print({
      bench: 'select',
      what,
      selector: name,
      official: figureOf(column('official', name)),
      plus: figureOf(column('plus', name)),
    });
  }
  const way = (label: 'official' | 'plus'): number => {
    const [ours, random, best] = (['vouch', 'random', 'ceiling'] as const).map((name) =>
      mean(column(label, name).filter((value) => !Number.isNaN(value))),
    );
    return Math.round((100 * (ours! - random!)) / (best! - random!));
  };
  print({
    bench: 'select',
    what,
    overCodeT: differenceOf(column('official', 'vouch'), column('official', 'codeT')),
    overCodeTPlus: differenceOf(column('plus', 'vouch'), column('plus', 'codeT')),
    wayToCeiling: { official: way('official'), plus: way('plus') },
    vouched: {
      share: figureOf(rows.map(({ vouched }) => vouched.share)).mean,
      official: ratio(rows, 'official'),
      plus: ratio(rows, 'plus'),
    },
  });
}

const ratio = (rows: readonly TaskRow[], label: 'official' | 'plus'): number => {
  const share = mean(rows.map(({ vouched }) => vouched.share));
  return share === 0
    ? Number.NaN
    : Math.round((1000 * mean(rows.map(({ vouched }) => vouched[label]))) / share) / 10;
};
