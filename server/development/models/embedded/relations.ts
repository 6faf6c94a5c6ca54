// What ties a candidate to its place beyond what stood at such places: the argument that it would be, the files that belong
// with the document, the lines above that the cursor's is indented below.
import type { ArgumentSlot } from './calls.ts';
import { maxKin } from './kin.ts';
import { pieceOf, type Token } from './lexer.ts';
import type { RankerView } from './ranker-view.ts';
import { nameFlags } from './scene.ts';
import { marks, type Traits } from './traits.ts';

export const relationCount = 13;
export const sharedRelationCount = 5;

const bit = (holds: boolean): number => (holds ? 1 : 0);

/** @param isWord whether the candidate is a word. @returns where the next feature goes. */
export function readRelations(
  { call, kin, pointers, scene, names }: RankerView,
  traits: Traits,
  token: Token,
  isWord: boolean,
  features: Float32Array,
  start: number,
): number {
  const piece = pieceOf(token);
  const { slot, begins, parameters } = call;
  const votes = slot && begins ? (slot.first.get(token) ?? 0) + (slot.first.get(token ^ 1) ?? 0) : 0;
  const isMember = scene.lastMark === marks.member;
  let to = start;
  features[to++] = slot && votes > 0 ? Math.min(1, votes / slot.calls) : 0;
  features[to++] = Math.log(1 + votes) / 3;
  features[to++] = bit(isWord && begins && slot?.names.includes(piece) === true);
  features[to++] = isWord && begins && slot ? traits.within(piece, slot.words) : 0;
  features[to++] = bit(isWord && begins && parameters.has(piece));
  features[to++] = slot && !begins ? endShare(slot, traits.mark(piece)) : 0;
  features[to++] = isWord ? (kin.times.get(piece) ?? 0) / maxKin : 0;
  features[to++] = bit(isWord && kin.nearest.has(piece));
  features[to++] = bit(isWord && pointers.headings.includes(piece));
  features[to++] = isWord ? traits.within(piece, pointers.headingWords) : 0;
  features[to++] = bit(isWord && !isMember && has(names?.get(piece)?.flags ?? 0, nameFlags.unused));
  features[to++] = bit(isWord && scene.lineWordCount > 0 && scene.lineWords[0] === piece);
  features[to++] = isWord && scene.lineWordCount > 0 ? traits.likeness(piece, scene.lineWords[0]!) : 0;
  return to;
}

/** What is the same for all candidates of a place. @returns where the next feature goes. */
export function readSharedRelations(
  { call, kin }: RankerView,
  features: Float32Array,
  start: number,
): number {
  const { slot, index, begins, parameters } = call;
  let to = start;
  features[to++] = bit(slot !== undefined && begins);
  features[to++] = slot ? Math.log(1 + slot.calls) / 3 : 0;
  features[to++] = slot ? index / 4 : 0;
  features[to++] = bit(parameters.size > 0);
  features[to++] = bit(kin.times.size > 0);
  return to;
}

/** How many of the calls that have the argument end behind it, for what ends a call; how many go on, for what does not. */
function endShare({ ends, calls }: ArgumentSlot, mark: number): number {
  if (calls === 0) return 0;
  if (mark === marks.close) return ends / calls;
  return mark === marks.comma ? 1 - ends / calls : 0;
}

const has = (flags: number, flag: number): boolean => (flags & flag) !== 0;
