// What the tracker knows of a value: the pieces it is put together from, and how much strangers have to say in each.
import type { Span } from '../../core/span.ts';
import { maxConstant, maxParts } from './limits.ts';

/**
 * Who decides about a piece, each stronger than the one before: nobody can say, whoever calls the function, whoever
 * starts the program, whoever sends a request.
 */
export const levels = ['unknown', 'parameter', 'local', 'remote'] as const;
export type Level = (typeof levels)[number];

export const atLeast = (level: Level, least: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(least);

/** Text that is the same at each run. */
export interface Constant {
  readonly constant: string;
}

/** A piece that is only known as the program runs. */
export interface Hole {
  readonly level: Level;
  /** Where the value came from, as written: `request.args`. */
  readonly origin: string;
  /** Names that it went through on its way, which a condition may have tested. */
  readonly names: readonly string[];
  /** Weaknesses for which it was made harmless (`89`), or `*` for all. */
  readonly clean: readonly string[];
  readonly span: Span;
}

export type Part = Constant | Hole;
export type Value = readonly Part[];

export const isHole = (part: Part): part is Hole => 'level' in part;

export const constant = (text: string): Value => [{ constant: text.slice(0, maxConstant) }];

export const joined = (values: readonly Value[]): Value => values.flat().slice(0, maxParts);

/** The strongest hole that is not clean for a weakness. */
export function worstHole(value: Value, cwe: number, least: Level = 'unknown'): Hole | undefined {
  let worst: Hole | undefined;
  for (const part of value) {
    if (!isHole(part) || isClean(part, cwe) || !atLeast(part.level, least)) continue;
    if (!worst || !atLeast(worst.level, part.level)) worst = part;
  }
  return worst;
}

export const isClean = ({ clean }: Hole, cwe: number): boolean =>
  clean.includes('*') || clean.includes(String(cwe));

export const cleaned = (value: Value, by: readonly string[]): Value =>
  value.map((part) => (isHole(part) ? { ...part, clean: [...new Set([...part.clean, ...by])] } : part));

export const through = (value: Value, name: string): Value =>
  value.map((part) =>
    isHole(part) && !part.names.includes(name) ? { ...part, names: [...part.names, name].slice(-8) } : part,
  );

/** The value without its texts: what a call made of it is no longer written as it was. */
export const melted = (value: Value): Value => value.filter(isHole);

/** All constant text; holes are left out. */
export const textOf = (value: Value): string =>
  value.map((part) => (isHole(part) ? '' : part.constant)).join('');
