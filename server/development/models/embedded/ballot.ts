// Who speaks for which token: counts by the kind of place and by the length of agreement, for one prediction at a time.
import { orderSteps, sources } from './experts.ts';
import { boundary, type Token } from './lexer.ts';

/** Distinct tokens that are weighed; the rest are too unlikely to matter. */
export const maxCandidates = 256;

/** The rows of counts: each kind of place with each length of agreement. */
export const rowCount = sources.length * orderSteps;

export interface Ballot {
  readonly tokens: Int32Array;
  /** How many of `tokens` are in use. */
  count: number;
  /** `counts[row * maxCandidates + candidate]`. */
  readonly counts: Float64Array;
  /** Of each row, the candidates that were counted: `voted[row * maxCandidates + n]`, of which there are `voters[row]`. */
  readonly voted: Uint8Array;
  readonly voters: Int32Array;
  /** Of each row, with the places after which nothing stands. */
  readonly totals: Float64Array;
  /** Open hashing from tokens to candidates, so large that it stays a quarter full. */
  readonly slots: Int32Array;
}

const slotBits = 10;

export const createBallot = (): Ballot => ({
  tokens: new Int32Array(maxCandidates),
  count: 0,
  counts: new Float64Array(rowCount * maxCandidates),
  voted: new Uint8Array(rowCount * maxCandidates),
  voters: new Int32Array(rowCount),
  totals: new Float64Array(rowCount),
  slots: new Int32Array(1 << slotBits).fill(-1),
});

export function clearBallot(ballot: Ballot): void {
  const { counts, voted, voters, totals, slots } = ballot;
  for (let row = 0; row < rowCount; row++) {
    const from = row * maxCandidates;
    for (let at = from; at < from + voters[row]!; at++) counts[from + voted[at]!] = 0;
  }
  voters.fill(0);
  slots.fill(-1);
  totals.fill(0);
  ballot.count = 0;
}

/** The token's number among the candidates, a new one where it had none; -1 where there are too many. */
export function candidateOf(ballot: Ballot, token: Token): number {
  const { slots, tokens } = ballot;
  const mask = (1 << slotBits) - 1;
  let slot = (Math.imul(token, 0x9e3779b1) >>> (32 - slotBits)) & mask;
  for (let known = slots[slot]!; known !== -1; known = slots[slot]!) {
    if (tokens[known] === token) return known;
    slot = (slot + 1) & mask;
  }
  if (ballot.count === maxCandidates) return -1;
  tokens[ballot.count] = token;
  slots[slot] = ballot.count;
  return ballot.count++;
}

export function vote(ballot: Ballot, row: number, token: Token, weight: number): void {
  ballot.totals[row]! += weight;
  if (token === boundary) return;
  const index = candidateOf(ballot, token);
  if (index !== -1) addVotes(ballot, row, index, weight);
}

function addVotes({ counts, voted, voters }: Ballot, row: number, index: number, weight: number): void {
  const from = row * maxCandidates;
  if (counts[from + index] === 0) voted[from + voters[row]!++] = index;
  counts[from + index]! += weight;
}

/** Adds longer agreements to shorter ones: who agrees in less has also seen every place that agrees in more. */
export function accumulate(ballot: Ballot): void {
  const { counts, totals, voted, voters } = ballot;
  for (let row = rowCount - 2; row >= 0; row--) {
    if (row % orderSteps === orderSteps - 1 || totals[row + 1] === 0) continue;
    totals[row]! += totals[row + 1]!;
    const from = (row + 1) * maxCandidates;
    for (let at = from; at < from + voters[row + 1]!; at++) {
      const index = voted[at]!;
      addVotes(ballot, row, index, counts[from + index]!);
    }
  }
}
