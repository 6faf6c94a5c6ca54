// The part of a language's query of symbols that an outline needs: a query costs by its patterns when it is compiled, and by
// its captures when it runs, and what declarations are like in detail is of no use to an index.

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

/** The patterns that stand side by side in a query, without comments, each with what follows it: captures and predicates. */
function patternsOf(source: string): string[] {
  const patterns: string[] = [];
  let text = '';
  let depth = 0;
  for (const [token] of source.matchAll(/;[^\n]*|"(?:\\.|[^"\\])*"|[([\])]|[^;"()[\]]+/g)) {
    if (token.startsWith(';')) continue;
    // A bracket or string behind a complete pattern begins the next one.
    if (depth === 0 && /^[("[]/.test(token) && text.trim() !== '') {
      patterns.push(text);
      text = '';
    }
    if (token === '(' || token === '[') depth++;
    else if (token === ')' || token === ']') depth--;
    text += token;
  }
  if (text.trim() !== '') patterns.push(text);
  return patterns;
}
