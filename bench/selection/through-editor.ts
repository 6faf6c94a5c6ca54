// Each task through the language server, scored by what stands in the document at the end.
import type { Language } from '../../server/core/language.ts';
import { createSyntax } from '../../server/input/syntax/index.ts';
import { runAssertions } from '../../server/validation/execution/index.ts';
import { findSandbox } from '../../server/validation/sandbox/index.ts';
import type { Sandbox } from '../../server/validation/sandbox/sandbox.ts';
import { log, print, run } from '../validation/kit.ts';
import { type Offered, startEditor, startReplay } from './editor.ts';
import { type Live, startRecorder } from './recorder.ts';
import { dualAgreement, largestByTests, rightness } from './score.ts';
import { differenceOf, figureOf, mean } from './statistics.ts';
import { type Prompts, promptOf, readTasks, type Task } from './tasks.ts';

interface Options {
  readonly dist: string;
  readonly data: string;
  readonly prompts: Prompts;
  readonly samples: number;
  readonly tasks: readonly [number, number];
  readonly live?: Live;
}

export async function throughEditor(options: Options): Promise<void> {
  const { prompts, samples, live } = options;
  const replay = live ? undefined : await startReplay();
  const recorder = live ? await startRecorder(live) : undefined;
  const editor = await startEditor(options.dist, samples, replay?.models ?? recorder!.models);
  const language = (await createSyntax({ log })).languageFor('a.py')!;
  const sandbox = await findSandbox(log);
  const rows: Row[] = [];
  try {
    for (const task of readTasks(options.data).slice(...options.tasks)) {
      const text = promptOf(task, prompts);
      const head = text.slice(text.lastIndexOf(`def ${task.entry_point}`));
      replay?.load(
        task.samples.map(({ completion }) => `\`\`\`python\n${head}${completion}\n\`\`\``),
        [`\`\`\`python\n${task.model_tests.map(({ code }) => code).join('\n')}\n\`\`\``],
      );
      recorder?.begin(task.task_id);
      const offered = await editor.implement(text, task.entry_point);
      const answers = recorder?.answers() ?? [];
      const row = await scored(
        language,
        sandbox,
        task,
        text,
        offered,
        replay ? task.samples.slice(0, samples) : [],
      );
      const random = live ? await passedShare(language, sandbox, task, text, answers) : row.random;
      rows.push({ ...row, random });
      const asked = replay?.asked() ?? answers.length;
      print({
        bench: 'select',
        task: task.task_id,
        prompts,
        asked,
        verdict: offered.verdict,
        ...row,
        random,
      });
    }
  } finally {
    await editor[Symbol.asyncDispose]();
    await replay?.[Symbol.asyncDispose]();
    await recorder?.[Symbol.asyncDispose]();
  }
  report(options, rows);
}

interface Row {
  /** 1 where the official tests pass. */
  readonly official: number;
  /** By the label of a sample with the same text; 0 where there is none. */
  readonly plus: number;
  /** Share of the samples that pass. */
  readonly random: number;
  /** Recorded results of the model's tests alone: dual agreement, and the largest group that passes the same. */
  readonly codeT: number;
  readonly largestGroup: number;
  readonly vouched: boolean;
  readonly seconds: number;
}

async function scored(
  language: Language,
  sandbox: Sandbox,
  task: Task,
  prompt: string,
  { text, verdict, seconds }: Offered,
  samples: Task['samples'],
): Promise<Row> {
  const [passed] = await officially(language, sandbox, task, [text]);
  const tail = prompt.trimEnd().slice(-40);
  const at = text.lastIndexOf(tail);
  const body = (at < 0 ? text : text.slice(at + tail.length)).trim();
  const same = samples.filter(({ completion }) => isSame(body, completion.trim()));
  return {
    official: Number(passed),
    plus: task.plus_label_valid ? Number(same.some(({ passed_plus }) => passed_plus)) : Number.NaN,
    random: samples.length === 0 ? Number.NaN : mean(samples.map(({ passed }) => Number(passed))),
    ...withoutVouch(samples),
    vouched: verdict === 'vouched',
    seconds,
  };
}

function withoutVouch(samples: Task['samples']): Pick<Row, 'codeT' | 'largestGroup'> {
  if (samples.length === 0) return { codeT: Number.NaN, largestGroup: Number.NaN };
  const subset = samples.map((_, index) => index);
  const labels = samples.map(({ passed }) => passed);
  const bitsOf = (index: number): string => samples[index]!.model_test_bits ?? '';
  return {
    codeT: rightness(dualAgreement(subset, bitsOf), labels),
    largestGroup: rightness(largestByTests(subset, bitsOf), labels),
  };
}

/** Whether a sample is what was offered, but for what follows the function. */
const isSame = (body: string, completion: string): boolean =>
  body !== '' &&
  (completion === body ||
    (completion.startsWith(`${body}\n`) && /^\n+\S/.test(completion.slice(body.length))));

async function officially(
  language: Language,
  sandbox: Sandbox,
  task: Task,
  texts: readonly string[],
): Promise<readonly boolean[]> {
  const unit = { languageId: language.id, path: '/task.py', name: task.entry_point, parameters: [] };
  const test = `${task.official_test}\ncheck(${task.entry_point})`;
  const rows = await runAssertions(run, sandbox, language, unit, texts, [test]);
  return rows.map(([result]) => result === 'passed');
}

/** What a real endpoint's answers come to by themselves: each as it is, in place of the function. */
async function passedShare(
  language: Language,
  sandbox: Sandbox,
  task: Task,
  prompt: string,
  answers: readonly string[],
): Promise<number> {
  const before = prompt.slice(0, prompt.lastIndexOf(`def ${task.entry_point}`));
  const texts = answers.map((answer) => {
    const code = /```\w*\n([\s\S]*?)(?:```|$)/.exec(answer)?.[1] ?? answer;
    return code.includes(`def ${task.entry_point}`) ? `${before}${code}\n` : `${prompt}${code}\n`;
  });
  return mean((await officially(language, sandbox, task, texts)).map(Number));
}

function report({ prompts, samples, live }: Options, rows: readonly Row[]): void {
  const official = rows.map((row) => row.official);
  const random = rows.map((row) => row.random);
  const vouched = rows.filter((row) => row.vouched);
  print({
    bench: 'select',
    what: `through the language server, ${prompts}, ${samples} samples${live ? ` of ${live.model}` : ''}`,
    tasks: rows.length,
    official: figureOf(official),
    ...(!live && { plus: figureOf(rows.map((row) => row.plus)) }),
    random: figureOf(random),
    ...(!live && {
      codeT: figureOf(rows.map((row) => row.codeT)),
      largestGroup: figureOf(rows.map((row) => row.largestGroup)),
      overCodeT: differenceOf(
        official,
        rows.map((row) => row.codeT),
      ),
    }),
    overRandom: differenceOf(official, random),
    vouched: {
      share: Math.round((1000 * vouched.length) / rows.length) / 10,
      official: Math.round(1000 * mean(vouched.map((row) => row.official))) / 10,
    },
    secondsATask: mean(rows.map((row) => row.seconds)),
  });
}
