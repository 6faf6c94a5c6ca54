// A query's text taken apart into its patterns.

/** The patterns that stand side by side in a query, without comments, each with what follows it: captures and predicates. */
export function patternsOf(source: string): string[] {
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
