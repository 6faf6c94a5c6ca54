// The recorded tasks and samples that a choice is measured on.
import { join } from 'node:path';
import { records } from '../validation/kit.ts';

export interface Task {
  readonly task_id: string;
  /** Doc examples stripped. */
  readonly prompt: string;
  readonly prompt_original: string;
  readonly entry_point: string;
  /** Label: read by scoring alone. */
  readonly official_test: string;
  readonly model_tests: readonly { readonly code: string; readonly freq: number }[];
  /** Whether `passed_plus` can be trusted for it. */
  readonly plus_label_valid: boolean;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly task_id: string;
  readonly i: number;
  readonly completion: string;
  /** '1' where it passes the model's test of that place; null where it does not load. */
  readonly model_test_bits: string | null;
  /** Labels: read by scoring alone. */
  readonly passed: boolean;
  readonly passed_plus: boolean;
}

export type Prompts = 'stripped' | 'original';

export const promptOf = (task: Task, prompts: Prompts): string =>
  prompts === 'stripped' ? task.prompt : task.prompt_original;

/** @throws Error when the folder has no such files. */
export function readTasks(data: string): readonly Task[] {
  const folder = join(data, 'humaneval');
  const samples = new Map<string, Sample[]>();
  for (const sample of records<Sample>(join(folder, 'samples.jsonl.gz'))) {
    const known = samples.get(sample.task_id);
    if (known) known.push(sample);
    else samples.set(sample.task_id, [sample]);
  }
  return records<Omit<Task, 'samples'>>(join(folder, 'tasks.jsonl.gz')).map((task) => ({
    ...task,
    samples: samples.get(task.task_id) ?? [],
  }));
}

/** Lines as a model wrote them, one assertion each. */
export const testsOf = ({ model_tests }: Task): readonly string[] =>
  model_tests.map(({ code }) => code.trim());
