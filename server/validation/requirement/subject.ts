// A function as its documentation and its signature describe it: what the rules of requirement/ambiguous compare.
import { type Documentation, readDocumentation } from '../../core/documentation.ts';
import { type Example, readExamples } from '../../core/examples/index.ts';
import type { FileFacts, ParameterFact, SymbolFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { contains, type Span, spanText } from '../../core/span.ts';
import type { CheckFinding, Subject } from '../check.ts';

export interface Documented {
  readonly subject: Subject;
  readonly symbol: SymbolFact;
  readonly documentation: Documentation;
  readonly examples: readonly Example[];
  /** Those that a caller passes. */
  readonly parameters: readonly ParameterFact[];
  /** Whether the parameters are known by name, all of them. */
  readonly complete: boolean;
  /** The written type of its result. */
  readonly returns?: string;
  /** It is still to be written. */
  readonly stub: boolean;
}

export type Rule = (documented: Documented) => readonly CheckFinding[];

const callable = new Set<SymbolFact['kind']>(['function', 'method', 'constructor']);

/** Parameters that a caller does not see. */
const receivers = new Set(['self', 'cls', 'this', '&self', '&mut self', 'mut self']);

/** Words by which a declaration says that others write its body. */
const open = /abstract|overload|override|protocol|virtual|declare|native|extern/i;
const openType = /\b(?:ABC|ABCMeta|Protocol|Interface|abstract)\b|Abstract|Base|Mixin|Interface|Protocol/;

type WithDoc = SymbolFact & { readonly doc: Span };

/** A comment that several declarations share is the first one's, which may be a class. */
export function documentedFunctions({ symbols }: FileFacts): readonly WithDoc[] {
  const seen = new Set<number>();
  return symbols.filter((symbol): symbol is WithDoc => {
    if (!symbol.doc || seen.has(symbol.doc.start)) return false;
    seen.add(symbol.doc.start);
    return callable.has(symbol.kind);
  });
}

export function readDocumented(subject: Subject, symbol: WithDoc): Documented {
  const { text } = subject;
  const documentation = readDocumentation(text, symbol.doc);
  const declared = symbol.parameters ?? [];
  const parameters = declared.filter(({ name }) => !receivers.has(name));
  const examples = readExamples(documentation.lines, {
    name: symbol.name,
    parameters: parameters.map(({ name }) => name),
  });
  return {
    subject,
    symbol,
    documentation,
    examples,
    parameters,
    complete: isComplete(symbol, text),
    ...(symbol.returns && { returns: spanText(text, symbol.returns) }),
    stub: isStub(symbol, subject),
  };
}

/** All that `readDocumented` reads of a function without examples: what it found there it will find again. */
export function writtenOf({ path, text, facts }: Subject, symbol: WithDoc): string {
  const holder = symbol.container === undefined ? undefined : facts.symbols[symbol.container];
  const parts = [
    path,
    symbol.name,
    symbol.parameters?.map(({ name, type }) => `${name}:${type ? spanText(text, type) : ''}`).join() ?? '?',
    symbol.returns ? spanText(text, symbol.returns) : '',
    symbol.modifiers.join(),
    spanText(text, symbol.doc),
    spanText(text, symbol.span),
    holder ? text.slice(holder.span.start, holder.signature.end) : '',
  ];
  return parts.join('\n\n');
}

/** Names as they can be written in documentation; patterns that take a value apart have none. */
const isName = ({ name }: ParameterFact): boolean => /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name);

/** Without parameters in the facts, only a list that is seen to be empty is known. */
const isComplete = ({ parameters, signature }: SymbolFact, text: string): boolean =>
  parameters
    ? parameters.every((one) => receivers.has(one.name) || isName(one))
    : /\(\s*\)/.test(spanText(text, signature));

function isStub({ body, doc, container, modifiers, signature }: SymbolFact, subject: Subject): boolean {
  const { text, facts, language, path } = subject;
  if (!body || /\.d\.\w+$|\.\w+i$/.test(path)) return false;
  if (modifiers.some((word) => open.test(word)) || open.test(spanText(text, signature))) return false;
  const holder = container === undefined ? undefined : facts.symbols[container];
  if (holder && openType.test(text.slice(holder.span.start, holder.signature.end))) return false;
  const code = codeIn(text, body, facts, doc);
  return placeholdersOf(language).some((pattern) => pattern.test(code));
}

/** Longer bodies are written, whatever they say. */
const maximumPlaceholder = 2_000;

function codeIn(text: string, body: Span, { comments }: FileFacts, doc: Span | undefined): string {
  if (body.end - body.start > maximumPlaceholder + (doc ? doc.end - doc.start : 0)) return text[body.start]!;
  let code = '';
  let at = body.start;
  const skipped = [...comments.map(({ span }) => span), ...(doc ? [doc] : [])]
    .filter((comment) => contains(body, comment))
    .sort((a, b) => a.start - b.start);
  for (const comment of skipped) {
    if (comment.start < at) continue;
    code += text.slice(at, comment.start);
    at = comment.end;
  }
  return (code + text.slice(at, body.end)).trim();
}

const compiled = new WeakMap<Language, readonly RegExp[]>();

function placeholdersOf(language: Language): readonly RegExp[] {
  let patterns = compiled.get(language);
  if (!patterns) {
    patterns = language.placeholders.map((source) => new RegExp(source, 'u'));
    compiled.set(language, patterns);
  }
  return patterns;
}
