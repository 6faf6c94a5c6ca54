// The part of a language's query of symbols that an outline needs: a query costs by its patterns when it is compiled, and by
// its captures when it runs, and what declarations are like in detail is of no use to an index.
import { patternsOf } from './query-patterns.ts';

/** Captures that an outline reads, or that say which patterns are of use to it. */
const used = /^(?:symbol\.\w+|name|body|signature|doc|attribute)$/;
const wanted = /@(?:symbol\.|doc\b|attribute\b)/;

/** Patterns that find declarations, their docstrings and attributes, with no captures but those. */
export function outlineQuery(source: string): string {
  return patternsOf(source)
    .filter((pattern) => wanted.test(pattern))
    .map(withoutDetails)
    .join('\n');
}

function withoutDetails(pattern: string): string {
  const predicates = pattern.match(/\(#[^)]*\)/g)?.join(' ') ?? '';
  const asked = new Set(predicates.match(/@[\w.]+/g));
  return pattern.replace(/\s@([\w.]+)/g, (whole, name: string) =>
    used.test(name) || asked.has(`@${name}`) ? whole : '',
  );
}
