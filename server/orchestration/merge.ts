// A model's completions and the engine's as one list, by how likely each is to be what is meant.
import type { CompletionCandidate } from '../core/task.ts';

/**
 * Clean answers before doubtful ones, then the surer ones first; the same text once. A model's answer is surer where the
 * engine says the same, or the beginning of it.
 * @param trust how often such an answer is what is meant: models do not say how sure they are.
 */
export function merge(
  model: readonly CompletionCandidate[],
  embedded: readonly CompletionCandidate[],
  trust: number,
): readonly CompletionCandidate[] {
  const seen = new Set<string>();
  const doubtful = ({ evidence }: CompletionCandidate): number => (evidence.verdict === 'doubtful' ? 1 : 0);
  return [...model.map((one) => ({ ...one, confidence: supported(one, embedded, trust) })), ...embedded]
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .sort((a, b) => doubtful(a) - doubtful(b) || b.confidence - a.confidence);
}

/** Two who agree without having asked each other are wrong only where both are. */
function supported(
  { text }: CompletionCandidate,
  embedded: readonly CompletionCandidate[],
  trust: number,
): number {
  const agreeing = embedded.filter((other) => text.startsWith(other.text));
  const most = Math.max(0, ...agreeing.map(({ confidence }) => confidence));
  return 1 - (1 - trust) * (1 - most);
}
