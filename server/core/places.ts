// Looking facts up by exactly where they stand. Keyed by where they begin, since small whole numbers make the fastest maps,
// and made once for a list, however many ask.
import type { Span } from './span.ts';

type Placed = { readonly span: Span };
type Find<Fact> = (span: Span) => Fact | undefined;

const made = new WeakMap<readonly Placed[], Find<never>>();

/**
 * @param facts never changed afterwards.
 * @returns the last of them that has exactly the span.
 */
export function findByPlace<Fact extends Placed>(facts: readonly Fact[]): Find<Fact> {
  const known = made.get(facts) as Find<Fact> | undefined;
  if (known) return known;
  let find: Find<Fact> | undefined;
  const later: Find<Fact> = (span) => {
    find ??= finder(facts);
    return find(span);
  };
  made.set(facts, later as Find<never>);
  return later;
}

function finder<Fact extends Placed>(facts: readonly Fact[]): Find<Fact> {
  /** The last that begins at an offset; of each, the one before it that begins there too. */
  const last = new Map<number, number>();
  const before = new Int32Array(facts.length);
  for (const [index, { span }] of facts.entries()) {
    before[index] = last.get(span.start) ?? -1;
    last.set(span.start, index);
  }
  return ({ start, end }) => {
    for (let index = last.get(start) ?? -1; index >= 0; index = before[index]!) {
      const fact = facts[index]!;
      if (fact.span.end === end) return fact;
    }
    return undefined;
  };
}
