// The form of declarations that come with vouch: one file a language, modules compressed one by one, so that a question
// about one costs the reading of that one. Written by scripts/declarations.ts.
import type { ParameterFact, SymbolKind } from '../../../core/facts.ts';

/**
 * What the file begins with: a 32-bit little-endian length, then as many bytes of JSON, then the blocks. Offsets count from
 * the end of the JSON.
 */
export type ShippedIndex = Readonly<Record<string, readonly [offset: number, length: number]>>;

export interface ShippedModule {
  /** By name: its declarations. */
  readonly names: Readonly<Record<string, readonly ShippedDeclaration[]>>;
  /** Names that are handed on: as `module name`, or `module` for the module itself. */
  readonly exports: Readonly<Record<string, string>>;
  /** Names that only the module itself sees, for its types; in the same form. */
  readonly scope: Readonly<Record<string, string>>;
  /** Modules of which everything is handed on. */
  readonly wildcards: readonly string[];
  /** 1 where there may be more names. */
  readonly open: 0 | 1;
}

export type ShippedDeclaration = readonly [
  kind: SymbolKind,
  /** Separated by spaces. */
  modifiers: string,
  /** `undefined` is written as 0, as for the fields below. */
  parameters: readonly string[] | 0,
  type: string | 0,
  bases: readonly string[] | 0,
  members: Readonly<Record<string, readonly ShippedDeclaration[]>> | 0,
];

/** The first letter of a written parameter; the second is `?` where it may be left out, then comes `name:type`. */
export const parameterKinds: Readonly<Record<string, ParameterFact['kind']>> = {
  p: 'positional',
  e: 'either',
  k: 'keyword',
  r: 'rest',
  s: 'keyword-rest',
};
