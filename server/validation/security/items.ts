// What an expression is made of: calls, members, names and texts, in the order of the file.
import type { CallFact, FileFacts, MemberFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';

/** Something in an expression that has a value of its own. */
export type Item =
  | { readonly kind: 'call'; readonly span: Span; readonly call: CallFact }
  | { readonly kind: 'member'; readonly span: Span; readonly member: MemberFact }
  | { readonly kind: 'name'; readonly span: Span; readonly name: string }
  | { readonly kind: 'text'; readonly span: Span };

/** @returns the items that lie in a span and in no other item of it, in order. */
export function createItems(text: string, facts: FileFacts): (span: Span) => readonly Item[] {
  const items = itemsOf(text, facts);
  return ({ start, end }) => {
    const found: Item[] = [];
    for (let at = firstFrom(items, start); at < items.length; ) {
      const item = items[at]!;
      if (item.span.start >= end) break;
      if (item.span.end > end) {
        at++;
        continue;
      }
      found.push(item);
      at = Math.max(at + 1, firstFrom(items, item.span.end));
    }
    return found;
  };
}

/** By place, the longer first. */
function itemsOf(text: string, facts: FileFacts): readonly Item[] {
  const { calls, members, strings } = facts;
  const references = facts.references.length > 0 ? facts.references : namesIn(text, facts);
  const items: Item[] = [
    ...calls.map((call): Item => ({ kind: 'call', span: call.span, call })),
    ...members.map((member): Item => ({ kind: 'member', span: member.span, member })),
    ...references.map(({ name, span }): Item => ({ kind: 'name', span, name })),
    ...strings.map((span): Item => ({ kind: 'text', span })),
  ];
  return items.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** Names in code; those of a cast, `(char *)`, are none. */
const nameInCode = /(?<![\w.>])(?<!\()[A-Za-z_]\w*\b|(?<=\()[A-Za-z_]\w*\b(?!\s*\*+\s*\))/g;

/** Names that are written in the code of a language of which uses are not read. */
function namesIn(text: string, { calls, strings, comments }: FileFacts): { name: string; span: Span }[] {
  if (calls.length === 0) return [];
  const quiet = [...strings, ...comments.map(({ span }) => span)].sort((a, b) => a.start - b.start);
  const found: { name: string; span: Span }[] = [];
  let next = 0;
  for (const { 0: name, index } of text.matchAll(nameInCode)) {
    while (next < quiet.length && quiet[next]!.end <= index) next++;
    if (quiet[next] && quiet[next]!.start <= index) continue;
    found.push({ name, span: { start: index, end: index + name.length } });
  }
  return found;
}

/** Index of the first of a list in order of place that begins at an offset or after it. */
export function firstFrom(list: readonly { readonly span: Span }[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.span.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
