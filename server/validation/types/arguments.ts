// Whether the arguments of a call fit the parameters, as far as that is certain.
import type { Parameter } from '../../core/declarations.ts';
import type { ArgumentFact } from '../../core/facts.ts';

export type Misfit =
  | {
      readonly kind: 'too many';
      readonly argument: ArgumentFact;
      readonly most: number;
      readonly given: number;
    }
  | { readonly kind: 'unknown keyword'; readonly argument: ArgumentFact; readonly keyword: string }
  | { readonly kind: 'given twice'; readonly argument: ArgumentFact; readonly keyword: string }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/** @returns the first way in which they do not fit; `undefined` where they do, or may. */
export function misfit(parameters: readonly Parameter[], given: readonly ArgumentFact[]): Misfit | undefined {
  const byPlace = parameters.filter(({ kind }) => kind === 'positional' || kind === 'either');
  const hasRest = parameters.some(({ kind }) => kind === 'rest');
  const hasKeywordRest = parameters.some(({ kind }) => kind === 'keyword-rest');
  const plain = given.filter(({ keyword, spread }) => keyword === undefined && !spread);
  const hasSpread = given.some(({ spread }) => spread);

  const excess = plain[byPlace.length];
  if (excess && !hasRest)
    return { kind: 'too many', argument: excess, most: byPlace.length, given: plain.length };

  const filled = new Set(hasSpread ? [] : byPlace.slice(0, plain.length));
  for (const argument of given) {
    const { keyword } = argument;
    if (keyword === undefined) continue;
    const meant = parameters.find(
      ({ name, kind }) => name === keyword && (kind === 'either' || kind === 'keyword'),
    );
    if (!meant) {
      if (hasKeywordRest) continue;
      return { kind: 'unknown keyword', argument, keyword };
    }
    if (filled.has(meant)) return { kind: 'given twice', argument, keyword };
    filled.add(meant);
  }
  if (hasSpread) return undefined;
  const missing = parameters.filter(
    (one) => !one.optional && one.kind !== 'rest' && one.kind !== 'keyword-rest' && !filled.has(one),
  );
  return missing.length > 0 ? { kind: 'missing', names: missing.map(({ name }) => name) } : undefined;
}
