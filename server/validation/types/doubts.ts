// What the text around a name says that facts do not: other ways of binding it, tests that narrow it.
import type { Declarations } from '../../core/declarations.ts';
import type { MemberFact } from '../../core/facts.ts';
import { matches } from '../../core/inheritance.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Subject } from '../check.ts';
import { linesAround } from './around.ts';
import type { Types } from './index.ts';
import { membersOfType } from './members.ts';
import type { Names } from './names.ts';
import type { Scopes } from './scopes.ts';
import { alternatives, type Type } from './type.ts';

/** Whether a text binds or tests a name, or an expression, in a way that inference does not follow. */
export const isUnseen = (name: string, text: string, { unseen }: TypeRules): boolean =>
  isWritten(unseen, name, text);

/** The same for a member, in the function around it. */
export const isNarrowed = (
  { span }: MemberFact,
  subject: Subject,
  scopes: Scopes,
  { unseen }: TypeRules,
): boolean => isWritten(unseen, spanText(subject.text, span), textAround(span, subject, scopes));

/** Whether the function around a value asks it by a method whether it is more than its type says. */
export function isAskedWhat(
  place: Span,
  type: Type,
  subject: Subject,
  scopes: Scopes,
  names: Names,
): boolean {
  const around = textAround(place, subject, scopes);
  const asked = spanText(subject.text, place);
  return alternatives(type).some((one) =>
    questionsOf(membersOfType(one, names), names.rules).some(
      (name) => around.includes(`${asked}.${name}(`) || around.includes(`${asked}?.${name}(`),
    ),
  );
}

const questions = new WeakMap<Declarations, readonly string[]>();

/** Names of the methods that tell of which type their object is: `isError(): this is Failure`. */
function questionsOf(
  members: Declarations | undefined,
  { structural, receiver }: TypeRules,
): readonly string[] {
  if (!members || !structural || receiver === undefined) return [];
  const known = questions.get(members);
  if (known) return known;
  const found = [...members.byName].filter(([, all]) =>
    all.some(({ type }) => type !== undefined && new RegExp(`\\b${receiver}\\s+is\\b`, 'u').test(type)),
  );
  const made = found.map(([name]) => name);
  questions.set(members, made);
  return made;
}

/** Whether the function around a member asks whether there is one. */
export const isTested = ({ span }: MemberFact, subject: Subject, { names, scopes }: Types): boolean =>
  isWritten(names.rules.tested, spanText(subject.text, span), textAround(span, subject, scopes));

function isWritten(sources: readonly string[], name: string, text: string): boolean {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return sources.some((source) => new RegExp(source.replaceAll('{name}', escaped), 'u').test(text));
}

function textAround({ start }: Span, { text, facts }: Subject, scopes: Scopes): string {
  const owner = scopes.around(start)[0];
  return owner === undefined ? text : spanText(text, facts.symbols[owner]!.span);
}

/** How many lines above code at the top level a condition for it is looked for. */
const guardLines = 80;

/**
 * Whether what stands at a place is meant to fail, or is there for some versions or platforms only, by what is written
 * around it.
 */
export function isMeant({ text, facts }: Subject, { names, scopes }: Types, { start, end }: Span): boolean {
  const { guards, expected, expectedLater } = names.rules;
  const near = linesAround(text, start, end, names.rules);
  if (expected !== undefined && matches(expected, near)) return true;
  const inside = scopes.around(start).find((index) => facts.symbols[index]!.parameters);
  const body = inside === undefined ? undefined : facts.symbols[inside]!.span;
  const before = text.slice(body?.start ?? linesBefore(text, start, guardLines), start);
  if (guards !== undefined && (matches(guards, before) || matches(guards, near))) return true;
  if (expectedLater === undefined) return false;
  const outermost = scopes.around(start).findLast((index) => facts.symbols[index]!.parameters);
  const whole = outermost === undefined ? undefined : facts.symbols[outermost]!.span;
  const around = whole ?? {
    start: linesBefore(text, start, guardLines),
    end: linesAfter(text, end, guardLines),
  };
  const failing = withoutSpans(text, around, facts.strings).matchAll(new RegExp(expectedLater, 'gu'));
  const functions = scopes.around(start).map((index) => facts.symbols[index]!.name);
  return [...failing].some(([, name = '']) => functions.includes(name) || isSetIn(name, near));
}

const isSetIn = (name: string, lines: string): boolean =>
  new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?::[^=\\n]*)?=(?!=)`, 'u').test(lines);

/** Code without its comments, which speak of names as people do. */
export const codeAt = ({ text, facts }: Pick<Subject, 'text' | 'facts'>, place: Span): string =>
  withoutSpans(
    text,
    place,
    facts.comments.map(({ span }) => span),
  );

/** Code that writes code says in strings what the code around them does not do. */
function withoutSpans(text: string, { start, end }: Span, strings: readonly Span[]): string {
  const parts: string[] = [];
  let at = start;
  for (const each of strings) {
    if (each.end <= at) continue;
    if (each.start >= end) break;
    parts.push(text.slice(at, each.start));
    at = each.end;
  }
  return parts.join('""') + (at < end ? text.slice(at, end) : '');
}

function linesBefore(text: string, offset: number, lines: number): number {
  let at = offset;
  for (let line = 0; line < lines && at > 0; line++) at = text.lastIndexOf('\n', at - 1);
  return Math.max(0, at);
}

function linesAfter(text: string, offset: number, lines: number): number {
  let at = offset;
  for (let line = 0; line < lines && at >= 0; line++) at = text.indexOf('\n', at + 1);
  return at < 0 ? text.length : at;
}
