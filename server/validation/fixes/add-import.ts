// The edit that brings a name into a file, written the way the file writes its imports.
import type { FileFacts, ImportFact, NameUse } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { indentationAt, lineSpanAt } from '../../core/lines.ts';
import type { Edit, Span } from '../../core/span.ts';

/**
 * @param space a name used as a value is never added to an import of types.
 * @returns `undefined` where neither the file nor the language shows how to write it.
 */
export function addImport(
  text: string,
  facts: FileFacts,
  language: Language,
  what: { readonly name: string; readonly module: string; readonly namespace?: boolean },
  space: NameUse['space'],
): Edit | undefined {
  const inGroup = what.namespace ? endOfGroup(text, facts) : undefined;
  if (inGroup) return insertion(inGroup.at, `${inGroup.before}"${what.module}"`);
  const top = facts.imports.filter(
    (one) => !one.optional && indentationAt(text, one.span.start) === '' && startsLine(text, one.span),
  );
  const fitting = top.filter(({ typeOnly }) => space === 'type' || !typeOnly);
  for (const one of fitting) {
    const end =
      one.module === what.module && !one.wildcard && !what.namespace ? endOfNames(text, one) : undefined;
    if (end !== undefined) return insertion(end, `, ${what.name}`);
  }

  const template = what.namespace ? undefined : fromTemplate(text, fitting, what);
  const statement = template ?? fromLanguage(text, language, what);
  if (statement === undefined) return undefined;
  const last = top.at(-1);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (last) return insertion(lineSpanAt(text, last.span.end).end, `${newline}${statement}`);
  const header = language.modules?.header;
  const ahead = header === undefined ? undefined : new RegExp(header, 'mu').exec(text);
  if (ahead) return insertion(lineSpanAt(text, ahead.index).end, `${newline}${newline}${statement}`);
  return insertion(afterHeader(text, facts), `${statement}${newline}`);
}

/** Behind the last of the imports that are written one below the other in brackets, quoted and no more. */
function endOfGroup(text: string, { imports }: FileFacts): { at: number; before: string } | undefined {
  const last = imports.findLast(
    ({ span, optional }) => !optional && text[span.start] === '"' && indentationAt(text, span.start) !== '',
  );
  if (!last || text.slice(lineSpanAt(text, last.span.start).start, last.span.start).trim() !== '')
    return undefined;
  const line = lineSpanAt(text, last.span.end);
  return {
    at: line.end,
    before: `${text.includes('\r\n') ? '\r\n' : '\n'}${indentationAt(text, last.span.start)}`,
  };
}

/** Where a list of imported names can be continued. A default import is no list. */
function endOfNames(text: string, { names, span }: ImportFact): number | undefined {
  const last = names.findLast(({ name }) => name !== 'default');
  if (!last) return undefined;
  const end = last.span.end + /^(?:\s+as\s+[\w$]+)?/.exec(text.slice(last.span.end, span.end))![0].length;
  return /^\s*(?:[,)}\r\n]|$)/.test(text.slice(end, span.end)) ? end : undefined;
}

/** A call that imports (`const a = require('a')`) stands behind other text and is no model for a statement. */
const startsLine = (text: string, { start }: Span): boolean => lineSpanAt(text, start).start === start;

const insertion = (at: number, newText: string): Edit => ({ span: { start: at, end: at }, newText });

/** The statement of the last import of one plain name, with the other module and name in its place. */
function fromTemplate(
  text: string,
  imports: readonly ImportFact[],
  { name, module }: { readonly name: string; readonly module: string },
): string | undefined {
  const template = imports.findLast(
    (one) => one.names.length === 1 && one.namespace === undefined && isPlain(one, text),
  );
  if (!template) return undefined;
  const parts: { span: Span; newText: string }[] = [
    { span: moduleText(text, template), newText: module },
    { span: template.names[0]!.span, newText: name },
  ].sort((a, b) => a.span.start - b.span.start);
  let out = '';
  let at = template.span.start;
  for (const { span, newText } of parts) {
    out += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return out + text.slice(at, template.span.end);
}

/** Imports by its own name what the module exports under that name: no default import, no alias, on one line. */
function isPlain(one: ImportFact, text: string): boolean {
  const { name, local, span } = one.names[0]!;
  return (
    name === local &&
    name !== 'default' &&
    text.slice(span.start, span.end) === name &&
    /[{(\s]\s*$/.test(text.slice(one.span.start, span.start)) &&
    !text.slice(one.span.start, one.span.end).includes('\n')
  );
}

/** The module's text without its quotes. */
function moduleText(text: string, { moduleSpan, module }: ImportFact): Span {
  const start = moduleSpan.start + Math.max(0, text.slice(moduleSpan.start, moduleSpan.end).indexOf(module));
  return { start, end: start + module.length };
}

function fromLanguage(
  text: string,
  language: Language,
  {
    name,
    module,
    namespace,
  }: { readonly name: string; readonly module: string; readonly namespace?: boolean },
): string | undefined {
  const { statement: ofName, wholeStatement = ofName } = language.modules ?? {};
  const statement = (namespace ? wholeStatement : ofName)
    ?.replace('{module}', module)
    .replace('{name}', name);
  if (statement === undefined) return undefined;
  const single = (text.match(/'/g)?.length ?? 0) >= (text.match(/"/g)?.length ?? 0);
  return single ? statement : statement.replaceAll("'", '"');
}

/** Behind what a file begins with: an interpreter line, a licence, a docstring. */
function afterHeader(text: string, facts: FileFacts): number {
  let at = text.startsWith('#!') ? nextLine(text, 0) : 0;
  for (const { span } of facts.comments) {
    if (span.start < at) continue;
    if (text.slice(at, span.start).trim() !== '') break;
    // A comment right above code speaks of that code.
    const after = nextLine(text, span.end);
    const belongs = facts.symbols.some(({ doc }) => doc?.start === span.start);
    const follows = text.slice(after, nextLine(text, after)).trim() !== '';
    const isString = facts.strings.some(({ start }) => start === span.start);
    if (belongs || (follows && !isString && !facts.comments.some(({ span: next }) => next.start === after)))
      break;
    at = after;
  }
  return at;
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
