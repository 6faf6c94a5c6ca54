// Which answers are asked for, and when enough of them have come.
import { ModelFailure, type ModelRequest, type Usage } from '../core/model.ts';
import { type Run, throwIfEnded } from '../core/run.ts';

/** Answers in the first batch; each further one doubles what was asked for, so that an easy task costs few. */
const firstBatch = 5;

/** How many answers to ask for next. */
export const nextBatch = (asked: number, samples: number): number =>
  Math.min(samples - asked, Math.max(firstBatch, asked));

/**
 * Asks for several answers at a time; those that fail are left out as long as one has come.
 * @param ask one answer to a request.
 * @returns the answers, and the failure where there was one.
 * @throws the abort reason when the run ended.
 */
export async function askAll(
  run: Run,
  requests: readonly ModelRequest[],
  ask: (request: ModelRequest) => Promise<string>,
): Promise<{ readonly texts: readonly string[]; readonly failure?: unknown }> {
  const answers = await Promise.allSettled(requests.map(ask));
  throwIfEnded(run);
  const failed = answers.find((one) => one.status === 'rejected');
  return {
    texts: answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    ...(failed && { failure: failed.reason }),
  };
}

export const unusable = (model: string): ModelFailure =>
  new ModelFailure(
    'bad-answer',
    `${model} answered, but with nothing that could be used as code. Try again, or choose a more capable model.`,
  );

export interface UsageCount {
  add(usage: Usage): void;
  /** Absent as long as no server told any. */
  total(): { readonly usage?: Usage };
}

export function countUsage(): UsageCount {
  let sum: Usage | undefined;
  return {
    add(usage) {
      sum = {
        inputTokens: (sum?.inputTokens ?? 0) + usage.inputTokens,
        outputTokens: (sum?.outputTokens ?? 0) + usage.outputTokens,
      };
    },
    total: () => (sum ? { usage: sum } : {}),
  };
}
