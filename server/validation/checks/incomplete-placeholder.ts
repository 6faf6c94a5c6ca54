// incomplete/placeholder: a function whose body says that it has not been written.
//
// Whether an empty body is a gap or meant depends on who wrote it. In a candidate it is judged strictly: code was asked
// for. In a file as it stands only bodies that say so in words count, since no-ops, abstract methods and stubs abound.
import type { FileFacts, SymbolFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { contains, overlaps, type Span } from '../../core/span.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { isTestCode, liesAmongTests } from '../security/test-code.ts';

/** Code units: a body of more code than this has been written. Only comments and documentation may make it longer. */
const maximumPlaceholder = 200;

const callable = new Set<SymbolFact['kind']>(['function', 'method', 'constructor']);

/** A body that says in words that it is still to be written. */
const saysSo = /not[\s_-]*(?:yet[\s_-]*)?implement|unimplemented|implement me|\btodo\b|\bfixme\b/i;

/** The same, and leaves no doubt that it is meant for later. */
const saysLater = /\byet\b|\blater\b|\btodo\b|\bfixme\b|unimplemented!|implement me/i;

/** A body of nothing but comments, one of which asks for the code. */
const asksForCode =
  /\b(?:todo|fixme|implement(?:ation)?\b.*\b(?:here|me|this|later)|(?:your|add|write|insert)\b.*\bcode\b.*\bhere)\b/i;

/** Words by which a declaration says that it has no body by intent; looked for in its decorators and signature. */
const intent =
  /abstract|overload|protocol|virtual|\bdeclare\b|stub|no_?op|dummy|mock|fake|null|placeholder|dispatch|xfail|skip/i;

/** Words by which a class says that others fill in its methods. */
const abstractClass =
  /\b(?:ABC|ABCMeta|Protocol|Interface|abstract)\b|Abstract|Base|Mixin|Interface|Protocol/;

export const incompletePlaceholder: Check = {
  name: 'incomplete/placeholder',
  severity: 'warning',
  summary: 'A function whose body says that it has not been written yet.',
  example: { languageId: 'python', code: 'def parse(text):\n    raise NotImplementedError("later")\n' },
  judges: () => true,
  run(_, subject) {
    const placeholders = patternsOf(subject.language);
    const isStub = (symbol: SymbolFact, facts: FileFacts, text: string): boolean =>
      !isWritten(symbol, facts) && bodyOf(symbol, facts, text).isPlaceholder(placeholders);
    const written = subject.before && writtenSpan(subject.before.edit);
    if (written && subject.before && isStubFile(subject.before.facts, subject.before.text, isStub)) return [];
    return subject.facts.symbols.flatMap((symbol): CheckFinding[] => {
      if (!callable.has(symbol.kind) || !symbol.body || !isStub(symbol, subject.facts, subject.text))
        return [];
      const fromCandidate = written !== undefined && overlaps(symbol.body, written);
      if (!(fromCandidate ? isGapInCandidate(symbol, subject) : isGapInFile(symbol, subject))) return [];
      return [
        {
          span: bodyOf(symbol, subject.facts, subject.text).span,
          message: `\`${symbol.name}\` has no implementation yet`,
          fixes: [],
        },
      ];
    });
  },
};

const writtenSpan = ({ span, newText }: { span: Span; newText: string }): Span => ({
  start: span.start,
  end: span.start + newText.length,
});

/** Above this share of placeholders a file is a declaration of what others implement. */
const stubShare = 0.5;
const stubMinimum = 3;

function isStubFile(
  facts: FileFacts,
  text: string,
  isStub: (symbol: SymbolFact, facts: FileFacts, text: string) => boolean,
): boolean {
  const functions = facts.symbols.filter(({ kind, body }) => callable.has(kind) && body);
  const stubs = functions.filter((symbol) => isStub(symbol, facts, text)).length;
  return stubs >= stubMinimum && stubs > functions.length * stubShare;
}

function isGapInFile(symbol: SymbolFact, subject: Subject): boolean {
  const { facts, text } = subject;
  const body = bodyOf(symbol, facts, text);
  if (isMeant(symbol, subject) || isFilledInElsewhere(symbol, facts)) return false;
  // What a test never calls need not be written.
  if (liesAmongTests(subject) || isTestCode(subject, symbol.span)) return false;
  if (body.code === '') return asksForCode.test(body.comments);
  if (/\b(?:todo|fixme)\b/i.test(body.comments)) return true;
  const words = body.code.replace(/\w*(?:Error|Exception)\b/, '');
  // Of a method, "not implemented" says as often that subclasses are to do it, or that nobody should call it.
  if (symbol.kind !== 'function' || symbol.container !== undefined) return saysLater.test(words);
  return saysSo.test(words) || saysLater.test(words) || (saysSo.test(body.code) && !/["'`]/.test(words));
}

function isGapInCandidate(symbol: SymbolFact, subject: Subject): boolean {
  const { facts } = subject;
  const container = containerOf(symbol, facts);
  if (isMeant(symbol, subject)) return false;
  // A callback or a test's double inside of another function; a special method; a method that subclasses fill in.
  if (container && callable.has(container.kind)) return false;
  if (container && /^__\w+__$/.test(symbol.name)) return false;
  return !isFilledInElsewhere(symbol, facts);
}

function isMeant(symbol: SymbolFact, { facts, text }: Subject): boolean {
  const declared = text.slice(symbol.span.start, symbol.body!.start);
  if (intent.test(declared)) return true;
  const container = containerOf(symbol, facts);
  return (
    container !== undefined && abstractClass.test(text.slice(container.span.start, container.signature.end))
  );
}

/**
 * Whether another class of the file has a method of the name, in which what this one leaves open is filled in; or the
 * name is bound a second time, so that this is what stands in where something could not be imported.
 */
function isFilledInElsewhere(symbol: SymbolFact, facts: FileFacts): boolean {
  return (
    (symbol.container === undefined &&
      facts.topLevel.filter(({ name }) => name === symbol.name).length > 1) ||
    (symbol.container !== undefined &&
      facts.symbols.some(
        (other) =>
          other.name === symbol.name &&
          callable.has(other.kind) &&
          other.container !== undefined &&
          other.container !== symbol.container,
      ))
  );
}

const containerOf = ({ container }: SymbolFact, facts: FileFacts): SymbolFact | undefined =>
  container === undefined ? undefined : facts.symbols[container];

interface Body {
  /** Without the documentation and the white space around. */
  readonly span: Span;
  /** Without documentation and comments, trimmed. */
  readonly code: string;
  readonly comments: string;
  readonly isPlaceholder: (patterns: readonly RegExp[]) => boolean;
}

/** Told at once from the length, which spares most bodies of a file the closer look. */
const isWritten = ({ body }: SymbolFact, facts: FileFacts): boolean =>
  body!.end - body!.start > maximumPlaceholder &&
  commentsIn(body!, facts).reduce((left, { start, end }) => left - (end - start), body!.end - body!.start) >
    maximumPlaceholder;

function bodyOf({ body, doc }: SymbolFact, facts: FileFacts, text: string): Body {
  const span = body!;
  let code = '';
  let comments = '';
  let at = span.start;
  const skipped = commentsIn(span, facts);
  if (doc && contains(span, doc) && !skipped.some(({ start }) => start === doc.start)) skipped.push(doc);
  for (const comment of skipped.sort((a, b) => a.start - b.start)) {
    if (comment.start < at) continue;
    code += text.slice(at, comment.start);
    if (comment.start !== doc?.start) comments += `${text.slice(comment.start, comment.end)}\n`;
    at = comment.end;
  }
  code = (code + text.slice(at, span.end)).trim();
  const start = doc && contains(span, doc) ? doc.end : span.start;
  const inner = text.slice(start, span.end);
  return {
    span: {
      start: start + inner.length - inner.trimStart().length,
      end: start + inner.trimEnd().length,
    },
    code,
    comments,
    isPlaceholder: (patterns) =>
      code === ''
        ? asksForCode.test(comments)
        : patterns.some(
            (pattern) => pattern.test(code) || pattern.test(text.slice(span.start, span.end).trim()),
          ),
  };
}

/** Comments inside of a span, found by halving: a file has as many bodies as it has comments. */
function commentsIn({ start, end }: Span, { comments }: FileFacts): Span[] {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.span.start < start) low = middle + 1;
    else high = middle;
  }
  const found: Span[] = [];
  for (let at = low; at < comments.length && comments[at]!.span.end <= end; at++)
    found.push(comments[at]!.span);
  return found;
}

const compiled = new WeakMap<Language, readonly RegExp[]>();

function patternsOf(language: Language): readonly RegExp[] {
  const known = compiled.get(language);
  if (known) return known;
  const made = language.placeholders.map((source) => new RegExp(source, 'u'));
  compiled.set(language, made);
  return made;
}
