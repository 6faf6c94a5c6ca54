// Texts without their secrets: placeholders that stay the same through a prompt, and the way back for an answer.
import { type Edit, type Span, span } from '../../core/span.ts';
import { maxRepeated, minRepeated, minUnmistakable } from './limits.ts';
import type { Finder, Secret } from './secret.ts';

/** A text with its secrets replaced, and where places of the original now lie. */
export interface Redacted {
  readonly text: string;
  /** A place inside of a secret lies behind its placeholder. */
  offset(original: number): number;
  /** A border inside of a secret takes all of its placeholder in. */
  span(original: Span): Span;
}

/** The placeholders of one document's prompts: the same value has the same one in all of their texts. */
export interface Redaction {
  /** Gives placeholders to the secrets of a text, before any text is redacted in which they may stand without a name. */
  learn(text: string): void;
  redact(text: string): Redacted;
  /** An answer with secrets in place of their placeholders, but only those that the document itself holds. */
  restore(answer: string, document: string): string;
}

export function createRedaction(find: Finder): Redaction {
  const placeholders = new Map<string, string>();
  const numbers = new Map<string, number>();
  const repeated = new Map<string, string>();

  const placeholderFor = (value: string, kind: string, taken: ReadonlySet<string>): string => {
    const known = placeholders.get(value);
    if (known !== undefined) return known;
    let name: string;
    // Words that a text holds already must not get a secret in their place later.
    do {
      const number = (numbers.get(kind) ?? 0) + 1;
      numbers.set(kind, number);
      name = number === 1 ? `[redacted: ${kind}]` : `[redacted: ${kind} ${number}]`;
    } while (taken.has(name));
    placeholders.set(value, name);
    for (const part of partsOf(value)) if (repeated.size < maxRepeated) repeated.set(part, name);
    return name;
  };

  const editsOf = (text: string): readonly Edit[] => {
    const taken = new Set(text.match(/\[redacted: [^\]\n]{1,60}\]/g));
    return disjoint(find(text)).map(({ span: place, kind }) => ({
      span: place,
      newText: placeholderFor(text.slice(place.start, place.end), kind, taken),
    }));
  };

  return {
    learn: (text) => void editsOf(text),
    redact: (text) => redactedWith(text, withRepetitions(text, editsOf(text), repeated)),
    restore(answer, document) {
      let restored = answer;
      for (const [value, name] of placeholders) {
        if (restored.includes(name) && document.includes(value)) {
          restored = restored.replaceAll(name, () => value);
        }
      }
      return restored;
    },
  };
}

/** What of a value may stand elsewhere: all of it, and single lines of a key, which messages about code quote. */
const partsOf = (value: string): readonly string[] =>
  value.includes('\n')
    ? value
        .split('\n')
        .map((line) => line.trim())
        .filter(({ length }) => length >= minUnmistakable)
    : value.length >= minRepeated
      ? [value]
      : [];

/** In the order of the text. Secrets that overlap are one; the longer names it, or the one found first. */
function disjoint(secrets: Iterable<Secret>): readonly Secret[] {
  const ordered = [...secrets].filter(({ span: { start, end } }) => end > start);
  ordered.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const kept: Secret[] = [];
  for (const secret of ordered) {
    const last = kept.at(-1);
    if (!last || secret.span.start >= last.span.end) kept.push(secret);
    else if (secret.span.end > last.span.end) {
      kept[kept.length - 1] = { kind: last.kind, span: span(last.span.start, secret.span.end) };
    }
  }
  return kept;
}

/** Known values also where no rule sees them: without their name, or as a part of a message. */
function withRepetitions(
  text: string,
  edits: readonly Edit[],
  repeated: ReadonlyMap<string, string>,
): readonly Edit[] {
  if (repeated.size === 0) return edits;
  const longestFirst = [...repeated.keys()].sort((a, b) => b.length - a.length);
  const anywhere = new RegExp(longestFirst.map(pattern).join('|'), 'g');
  const all: Edit[] = [];
  let at = 0;
  const addBetween = (start: number, end: number): void => {
    for (const { 0: value, index } of text.slice(start, end).matchAll(anywhere)) {
      all.push({ span: span(start + index, start + index + value.length), newText: repeated.get(value)! });
    }
  };
  for (const edit of edits) {
    addBetween(at, edit.span.start);
    all.push(edit);
    at = edit.span.end;
  }
  addBetween(at, text.length);
  return all;
}

/** A short value may be a part of a word; a long one is itself wherever it stands. */
const pattern = (value: string): string => {
  const escaped = value.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return value.length >= minUnmistakable ? escaped : `(?<!\\w)${escaped}(?!\\w)`;
};

/** @param edits in the order of the text, disjoint. */
function redactedWith(text: string, edits: readonly Edit[]): Redacted {
  let out = '';
  let at = 0;
  for (const edit of edits) {
    out += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  out += text.slice(at);

  const placeOf = (original: number, inside: 'start' | 'end'): number => {
    let shift = 0;
    for (const { span: place, newText } of edits) {
      if (original <= place.start) break;
      const start = place.start + shift;
      if (original < place.end) return inside === 'start' ? start : start + newText.length;
      shift += newText.length - (place.end - place.start);
    }
    return original + shift;
  };
  return {
    text: out,
    offset: (original) => placeOf(original, 'end'),
    span: ({ start, end }) => span(placeOf(start, 'start'), placeOf(end, 'end')),
  };
}
