// Values given to names of secrets: in code, settings, environment files, markup, query strings and command lines.
import { type Span, span } from '../../core/span.ts';
import { isPassphrase, isPassword, isRandom } from './likelihood.ts';
import { maxName, minPassword, minRandom, minRandomBare } from './limits.ts';
import type { Finder } from './secret.ts';
import { secretNamed, secretWord } from './secret-names.ts';

interface Value {
  readonly text: string;
  readonly span: Span;
  /** `literal`: in quotes. `setting`: bare, where no code can stand. `bare`: may be an expression. `listed`: next in a list. */
  readonly form: 'literal' | 'setting' | 'bare' | 'listed';
}

/** From the end of a name to its value: quotes, a type and one of the marks that assign. */
const assigns =
  /\\?["'`\]]{0,2}(?:\s{0,8}:\s{0,8}[\w.<>[\]|? &*]{1,40}?|[ \t]{1,4}[\w.*&[\]<>]{1,30})?\s{0,20}(?::=|=>|->|={1,3}|!==?|:|\?=)\s{0,20}/y;

/** `IDENTIFIED BY 'x'`, `PASSWORD 'x'`, `--token x`, `ENV TOKEN x`. */
const follows = /["'`]?[ \t]{1,4}(?=[^\s`])/y;

/** The name of an element, of which the value is the content. */
const opensElement = /[^<>\n]{0,80}>/y;

const inList = /["'`]\s{0,8},\s{0,20}(?=[\w@$]{0,3}["'`])/y;

const literal =
  /[A-Za-z@$]{0,3}(?:"((?:\\.|[^"\\\n]){1,512})"|'((?:\\.|[^'\\\n]){1,512})'|`((?:\\.|[^`\\]){1,512})`)/y;

/** Of a literal inside of another one: `"{\"token\": \"x\"}"`. */
const escapedLiteral = /\\["']([^"'\\\n]{1,512})\\["']/y;

const bare = /[^\s"'`<>,;&|(){}[\]\\]{1,512}/y;

export const assignments: Finder = function* (text) {
  let after = 0;
  for (const { index, 0: word } of text.matchAll(secretWord)) {
    if (index < after) continue;
    const name = nameAround(text, index, index + word.length);
    after = name.end;
    const kind = secretNamed(text.slice(name.start, name.end));
    if (kind === undefined) continue;
    const value = valueAfter(text, name);
    if (value && isSecret(kind, value)) yield { kind, span: value.span };
  }
};

const partOfName = /[\w.-]/;

/** The whole name around a word, bounded so that a text without spaces costs no more than others. */
function nameAround(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start > 0 && from - start < maxName && partOfName.test(text[start - 1]!)) start--;
  while (end < text.length && end - to < maxName && partOfName.test(text[end]!)) end++;
  while (end > to && /[.-]/.test(text[end - 1]!)) end--;
  return span(start, end);
}

function valueAfter(text: string, name: Span): Value | undefined {
  const before = text.slice(Math.max(0, name.start - 12), name.start);
  const line = lineBefore(text, name.start);
  const option = text.startsWith('--', name.start);
  const assigned = endOf(assigns, text, name.end);
  if (assigned !== undefined) {
    const mark = text.slice(name.end, assigned);
    const setting =
      (mark === '=' &&
        (isSettingLine(line, text.slice(name.start, name.end)) || option || /[;?&]\s?$/.test(before))) ||
      (/^["']?:[ \t]+$/.test(mark) && /^\s*(?:-\s+)?["']?$/.test(line) && endsLine(text, assigned));
    return literalAt(text, assigned) ?? bareAt(text, assigned, setting ? 'setting' : 'bare');
  }
  if (/<$/.test(before)) {
    const content = endOf(opensElement, text, name.end);
    return content === undefined ? undefined : bareAt(text, content, 'setting');
  }
  const listed = endOf(inList, text, name.end);
  if (listed !== undefined) {
    const value = literalAt(text, listed);
    return value && { ...value, form: 'listed' };
  }
  const next = endOf(follows, text, name.end);
  if (next === undefined) return undefined;
  const value = literalAt(text, next);
  if (value) return value;
  return option || /^(?:ENV|ARG)\s+$/.test(line) ? bareAt(text, next, 'setting') : undefined;
}

/** What stands on the line before a name; `?` for more than a settings file would have there. */
function lineBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - maxName), at);
  const start = near.lastIndexOf('\n');
  return start >= 0 || at <= maxName ? near.slice(start + 1) : '?';
}

/** A line of an environment or settings file: nothing but the name stands before the mark, and it is no name in code. */
const isSettingLine = (line: string, name: string): boolean =>
  /^\s*(?:export\s+|set\s+|ENV\s+|ARG\s+|-\s+|-e\s+|\/\/\S*:?)?$/.test(line) &&
  (/^[A-Z0-9_]+$/.test(name) || /[.-]/.test(name) || name.startsWith('_'));

/** Whether one bare value is all that is left of the line, as in YAML. */
const endsLine = (text: string, at: number): boolean => {
  bare.lastIndex = at;
  const found = bare.exec(text);
  return (
    found !== null && /^[ \t]*(?:#.*)?(?:\r?\n|$)/.test(text.slice(bare.lastIndex, bare.lastIndex + 200))
  );
};

const isIdentifier = (value: string): boolean => /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*$/.test(value);

function isSecret(kind: string, { text, form }: Value): boolean {
  if (form === 'bare') return isRandom(text, minRandomBare) && !(isIdentifier(text) && /[._]/.test(text));
  if (isRandom(text, minRandom)) return true;
  if (form === 'listed' || kind !== 'password') return false;
  if (form === 'setting' && /^[A-Z_]+\d*$/.test(text)) return false;
  return isPassword(text, minPassword) || isPassphrase(text);
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function literalAt(text: string, at: number): Value | undefined {
  for (const pattern of [literal, escapedLiteral]) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const value = found?.slice(1).find((group) => group !== undefined);
    if (value === undefined) continue;
    const closing = pattern === literal ? 1 : 2;
    const end = pattern.lastIndex - closing;
    return { text: value, span: span(end - value.length, end), form: 'literal' };
  }
  return undefined;
}

function bareAt(text: string, at: number, form: 'setting' | 'bare'): Value | undefined {
  bare.lastIndex = at;
  const found = bare.exec(text);
  if (!found) return undefined;
  // Calls, members and indexing are code.
  if (form === 'bare' && /[([{]/.test(text[bare.lastIndex] ?? '')) return undefined;
  return { text: found[0], span: span(at, at + found[0].length), form };
}
