// How often the answer that is offered is right, on recorded samples of tasks with tests, against picking one without
// vouch. `npm run build` first:
//   tsx bench/select.ts --data DIR [--samples N] [--prompts stripped|original] [--tasks FROM:TO] [--dist DIR]
//   tsx bench/select.ts --data DIR --live URL --model NAME --keep FILE   samples of a real endpoint, kept in a file
//   tsx bench/select.ts --data DIR --in-process [--cache DIR]            the choice alone, at all sizes of samples
// "Implement" is asked for through the language server as an editor does; a scripted endpoint replays samples and the tests
// that a model wrote. What is offered is scored by the official tests, run in the sandbox, and by HumanEval+ where a recorded
// sample has the same text. Random, the largest group of equal behaviour and CodeT come from the same samples. One JSON line
// a row; intervals are bootstrapped over tasks, and paired where two selectors are compared.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chosenAlone } from './selection/alone.ts';
import { throughEditor } from './selection/through-editor.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    samples: { type: 'string', default: '100' },
    prompts: { type: 'string', default: 'original' },
    tasks: { type: 'string', default: '0:1000' },
    live: { type: 'string' },
    model: { type: 'string' },
    keep: { type: 'string' },
    'in-process': { type: 'boolean', default: false },
    cache: { type: 'string' },
    dist: { type: 'string', default: resolve(import.meta.dirname, '../dist') },
  },
});
if (values.data === undefined) throw new Error('--data DIR is needed: the folder that holds humaneval/');
const prompts = (['stripped', 'original'] as const).find((one) => one === values.prompts);
if (prompts === undefined) throw new Error('--prompts is stripped or original');
const [from, to] = values.tasks.split(':').map(Number);
const options = {
  data: values.data,
  prompts,
  samples: Number(values.samples),
  tasks: [from ?? 0, to ?? 1000] as const,
};
if (values['in-process']) {
  await chosenAlone({ ...options, ...(values.cache !== undefined && { cache: values.cache }) });
} else {
  const live =
    values.live === undefined
      ? undefined
      : { url: values.live, model: values.model ?? 'default', keep: values.keep ?? 'samples.jsonl' };
  await throughEditor({ ...options, dist: resolve(values.dist), ...(live && { live }) });
}
