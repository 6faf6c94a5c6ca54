// A model's completions and the engine's as one list, by how likely each is to be what is meant.
import type { CompletionCandidate } from '../core/task.ts';

/**
 * How often a model's answer that passed the checks is taken to be what is meant: models do not say how sure they are.
 * Someone has configured it, so the engine must be surer than this to come first.
 */
const modelConfidence = 0.8;

/**
 * Clean answers before doubtful ones, then the surer ones first; the same text once. A model's answer is surer where the
 * engine says the same, or the beginning of it.
 */
export function merge(
  model: readonly CompletionCandidate[],
  embedded: readonly CompletionCandidate[],
): readonly CompletionCandidate[] {
  const seen = new Set<string>();
  const doubtful = ({ evidence }: CompletionCandidate): number => (evidence.verdict === 'doubtful' ? 1 : 0);
  return [...model.map((one) => ({ ...one, confidence: supported(one, embedded) })), ...embedded]
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .sort((a, b) => doubtful(a) - doubtful(b) || b.confidence - a.confidence);
}

/** Two who agree without having asked each other are wrong only where both are. */
function supported({ text }: CompletionCandidate, embedded: readonly CompletionCandidate[]): number {
  const agreeing = embedded.filter((other) => text.startsWith(other.text));
  const most = Math.max(0, ...agreeing.map(({ confidence }) => confidence));
  return 1 - (1 - modelConfidence) * (1 - most);
}
