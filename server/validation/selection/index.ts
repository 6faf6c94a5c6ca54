// Choosing among candidates: pure, from what is known of each.
export type { CandidateFacts, Choice, SelectionFacts, Sign } from './facts.ts';
