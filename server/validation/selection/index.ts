// Choosing among candidates: pure, from what is known of each.
export { chooseCandidate } from './choose.ts';
export type { CandidateFacts, Choice, SelectionFacts, Sign } from './facts.ts';
export { signsIn } from './signs.ts';
