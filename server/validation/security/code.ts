// A file's facts in the order and by the keys that the tracker asks for.
import type { AssignmentFact, CallFact, FileFacts, MemberFact, SymbolFact } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
import type { CompiledRules } from './compile.ts';

/** Something in an expression that has a value of its own. */
export type Item =
  | { readonly kind: 'call'; readonly span: Span; readonly call: CallFact }
  | { readonly kind: 'member'; readonly span: Span; readonly member: MemberFact }
  | { readonly kind: 'name'; readonly span: Span; readonly name: string }
  | { readonly kind: 'text'; readonly span: Span };

/** A place where a name or a written member gets a value, or more of one. */
export interface Definition {
  readonly span: Span;
  /** Where the values are; several for what is added by a call. */
  readonly values: readonly Span[];
  /** A written type. */
  readonly type?: Span;
  readonly kind: AssignmentFact['kind'];
}

export interface Code {
  readonly text: string;
  readonly facts: FileFacts;
  /** Items that lie in a span and in no other item of it, in order. */
  itemsIn(span: Span): readonly Item[];
  /** The call that is written in exactly this place. */
  callAt(span: Span): CallFact | undefined;
  memberAt(span: Span): MemberFact | undefined;
  /** Functions around an offset, innermost first. */
  functionsAt(offset: number): readonly SymbolFact[];
  /** By the target as written, in order. */
  definitionsOf(target: string): readonly Definition[];
  isDeclared(name: string): boolean;
  /** The smallest indentation of the lines from one offset to another, the latter's included. */
  leastIndentation(from: number, to: number): number;
}

export function createCode(text: string, facts: FileFacts, rules: CompiledRules): Code {
  const items = itemsOf(text, facts);
  const calls = new Map(facts.calls.map((call) => [keyOf(call.span), call]));
  const members = new Map(facts.members.map((member) => [keyOf(member.span), member]));
  const functions = facts.symbols.filter(
    ({ kind }) => kind === 'function' || kind === 'method' || kind === 'constructor',
  );
  const definitions = definitionsIn(text, facts, rules);
  const declared = new Set(
    facts.symbols.filter(({ kind }) => kind === 'function' || kind === 'class').map(({ name }) => name),
  );
  const functionsByPlace = new Map<number, readonly SymbolFact[]>();

  return {
    text,
    facts,
    callAt: (span) => calls.get(keyOf(span)),
    memberAt: (span) => members.get(keyOf(span)),
    definitionsOf: (target) => definitions.get(target) ?? [],
    isDeclared: (name) => declared.has(name),
    itemsIn({ start, end }) {
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
    },
    functionsAt(offset) {
      const known = functionsByPlace.get(offset);
      if (known) return known;
      const around = functions
        .filter(({ span }) => span.start <= offset && offset < span.end)
        .sort((a, b) => b.span.start - a.span.start);
      functionsByPlace.set(offset, around);
      return around;
    },
    leastIndentation(from, to) {
      let least = Number.POSITIVE_INFINITY;
      for (let at = text.lastIndexOf('\n', to - 1) + 1; ; at = text.lastIndexOf('\n', at - 2) + 1) {
        const line = /^[ \t]*(?=\S)/.exec(text.slice(at, at + 200))?.[0];
        if (line !== undefined) least = Math.min(least, line.length);
        if (at <= from || at === 0) return least;
      }
    },
  };
}

const keyOf = ({ start, end }: Span): string => `${start} ${end}`;

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

/** Names that are written in the code of a language of which uses are not read; those of a cast are none. */
function namesIn(text: string, { calls, strings, comments }: FileFacts): { name: string; span: Span }[] {
  if (calls.length === 0) return [];
  const quiet = [...strings, ...comments.map(({ span }) => span)].sort((a, b) => a.start - b.start);
  const found: { name: string; span: Span }[] = [];
  let next = 0;
  for (const { 0: name, index } of text.matchAll(
    /(?<![\w.>])(?<!\()[A-Za-z_]\w*\b|(?<=\()[A-Za-z_]\w*\b(?!\s*\*+\s*\))/g,
  )) {
    while (next < quiet.length && quiet[next]!.end <= index) next++;
    if (quiet[next] && quiet[next]!.start <= index) continue;
    found.push({ name, span: { start: index, end: index + name.length } });
  }
  return found;
}

/** Index of the first item that begins at an offset or after it. */
function firstFrom(items: readonly Item[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.span.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function definitionsIn(
  text: string,
  facts: FileFacts,
  { adders, writers }: CompiledRules,
): ReadonlyMap<string, readonly Definition[]> {
  const found = new Map<string, Definition[]>();
  const add = (target: Span, definition: Definition): void => {
    const key = text
      .slice(target.start, target.end)
      .trim()
      .replace(/^[&*]+/, '');
    if (key.length > 120) return;
    const known = found.get(key);
    if (known) known.push(definition);
    else found.set(key, [definition]);
  };
  for (const { span, target, value, type, kind } of facts.assignments) {
    add(target, { span, values: value ? [value] : [], kind, ...(type && { type }) });
    const whole = /^([\w$.]+)\s*\[/.exec(text.slice(target.start, Math.min(target.end, target.start + 120)));
    if (whole && value) {
      add(
        { start: target.start, end: target.start + whole[1]!.length },
        { span, values: [value], kind: 'augment' },
      );
    }
  }
  for (const { span, name, receiver, arguments: given } of facts.calls) {
    const values = given.map(({ value }) => value);
    if (receiver && adders.has(name)) add(receiver, { span, values, kind: 'augment' });
    for (const {
      names,
      places: [target, first],
    } of writers) {
      if (names.has(name) && values[target] && !contains(values[target], span)) {
        add(values[target], { span, values: values.slice(first), kind: 'assign' });
      }
    }
  }
  for (const list of found.values()) list.sort((a, b) => a.span.start - b.span.start);
  return found;
}
