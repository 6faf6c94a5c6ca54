// How sure suggestions may be for this user in this workspace: what became of earlier ones moves the confidence of later
// ones, up or down, each kind of file by itself.
import { extname } from 'node:path';

/** How far one outcome moves it, as a logarithm of odds: some twenty must agree before it is noticed. */
const rate = 0.05;

/** It never moves further: the learned confidence is right for most, and no user may lose or be flooded with everything. */
const furthest = 1;

/** What is left of it after each question: what was held back gets another chance after some hundreds. */
const fading = 0.999;

/** Kinds of files that are told apart; those over it are taken as they are. */
const maxKinds = 64;

export interface Tuning {
  /** The confidence as it should be for this file, 0 to 1. */
  corrected(path: string, confidence: number): number;
  /** A question was asked. */
  fade(path: string): void;
  /** A suggestion came true, or something else was written. @param confidence as `corrected` gave it. */
  learn(path: string, confidence: number, cameTrue: boolean): void;
  saved(): readonly (readonly [string, number])[];
  restore(rows: readonly (readonly [string, number])[]): void;
}

export function createTuning(): Tuning {
  const shifts = new Map<string, number>();
  const kindOf = (path: string): string => extname(path).toLowerCase();

  return {
    corrected(path, confidence) {
      const shift = shifts.get(kindOf(path)) ?? 0;
      if (shift === 0 || confidence <= 0 || confidence >= 1) return confidence;
      return 1 / (1 + ((1 - confidence) / confidence) * Math.exp(-shift));
    },
    fade(path) {
      const shift = shifts.get(kindOf(path));
      if (shift !== undefined) shifts.set(kindOf(path), shift * fading);
    },
    learn(path, confidence, cameTrue) {
      const kind = kindOf(path);
      const shift = shifts.get(kind);
      if (shift === undefined && shifts.size >= maxKinds) return;
      const moved = (shift ?? 0) + rate * ((cameTrue ? 1 : 0) - confidence);
      shifts.set(kind, Math.max(-furthest, Math.min(furthest, moved)));
    },
    saved: () => [...shifts],
    restore(rows) {
      for (const [kind, shift] of rows.slice(0, maxKinds)) {
        shifts.set(kind, Math.max(-furthest, Math.min(furthest, shift)));
      }
    },
  };
}
