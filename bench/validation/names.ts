// names/unresolved against exceptions that really happened when samples of a model were run.
import { join } from 'node:path';
import type { Finding } from '../../server/core/finding.ts';
import { noProject } from '../../server/core/project.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { check, print, records } from './kit.ts';

/** The samples were run with a test function after them, by which a decorator at their end got something to decorate. */
const asRun = '\ndef check(candidate):\n    pass\n';

interface Sample {
  readonly task_id: string;
  readonly completion: string;
  readonly passed: boolean;
  readonly result: string | null;
}

/** Samples that passed their tests use no undefined name on the way; those that died of a NameError do. */
export async function measureNames(all: Syntax, folder: string, findingsToo: boolean): Promise<void> {
  const tasks = new Map(
    records<{ task_id: string; prompt_original: string }>(join(folder, 'humaneval/tasks.jsonl.gz')).map(
      ({ task_id, prompt_original }) => [task_id, prompt_original],
    ),
  );
  const language = all.languageFor('sample.py')!;
  await all.load(language.id);
  const count = { samples: 0, passed: 0, flaggedPassed: 0, nameErrors: 0, found: 0, foundByName: 0 };
  let milliseconds = 0;
  for (const sample of records<Sample>(join(folder, 'humaneval/samples.jsonl.gz'))) {
    const text = (tasks.get(sample.task_id) ?? '') + sample.completion + asRun;
    const started = performance.now();
    const file = all.parse(language.id, text)!;
    const findings = check(file, 'sample.py', language, noProject).filter(
      ({ check: name }) => name === 'names/unresolved',
    );
    milliseconds += performance.now() - started;
    tally(count, sample, text, findings, findingsToo);
    file.release();
  }
  print({
    bench: 'validation/names',
    data: 'humaneval',
    ...count,
    recall: count.foundByName / count.nameErrors,
    millisecondsEach: milliseconds / count.samples,
  });
}

type Count = Record<'samples' | 'passed' | 'flaggedPassed' | 'nameErrors' | 'found' | 'foundByName', number>;

function tally(
  count: Count,
  sample: Sample,
  text: string,
  findings: readonly Finding[],
  findingsToo: boolean,
): void {
  const task = sample.task_id;
  count.samples++;
  if (sample.passed) {
    count.passed++;
    if (findings.length > 0) {
      count.flaggedPassed++;
      if (findingsToo) print({ false: findings.map(({ message }) => message), task, text });
    }
  }
  const missing = /NameError: name '([^']+)' is not defined/.exec(sample.result ?? '')?.[1];
  if (missing === undefined) return;
  count.nameErrors++;
  if (findings.length > 0) count.found++;
  if (findings.some(({ message }) => message.startsWith(`\`${missing}\``))) count.foundByName++;
  else if (findingsToo) print({ missed: missing, task, text });
}
