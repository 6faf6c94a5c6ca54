// A doc comment read as what it is: lines without marks, each with its place in the file; which parameters it describes,
// in which of the usual styles, and what it says of the result.
import { type Span, span } from './span.ts';

/** A line of a doc comment without its marks. */
export interface DocLine {
  readonly text: string;
  /** Where `text` begins in the file. */
  readonly start: number;
}

/** How parameters are listed: `Args:` with a colon each, underlined headings, `:param x:`, `@param x`, a list of names. */
export type DocStyle = 'sections' | 'underlined' | 'fields' | 'tags' | 'list';

export interface DocParameter {
  readonly name: string;
  readonly span: Span;
  /** The written type. */
  readonly type?: string;
  /** Index of its line. */
  readonly line: number;
  /** Index behind its last line. */
  readonly end: number;
}

export interface Documentation {
  readonly lines: readonly DocLine[];
  readonly style?: DocStyle;
  readonly parameters: readonly DocParameter[];
  /** Where it says that something is returned: the tag, field or first line of the section, and the type and words there. */
  readonly returns?: { readonly span: Span; readonly text: string };
  /** What parameters and results are not: the description. */
  readonly prose: string;
}

const opening = /^\s*(?:[rRuUbBfF]{0,2}(?:"""|''')|\/\*+!?|<!--|\/\/+!?|#+!?|--+(?!\S)|;+|%+)[ \t]?/;
const closing = /[ \t]*(?:"""|'''|\*+\/|-->)\s*$/;
const continuation = /^[ \t]*(?:\*+(?![/*])|\/\/+!?|#+!?(?=\s|$)|--+(?=\s|$)|;+|%+)(?: |$)?/;

/** The lines of a doc comment. `text` is the file's, `where` the comment with its marks. */
export function docLines(text: string, where: Span): DocLine[] {
  const lines: DocLine[] = [];
  let at = where.start;
  const parts = text.slice(where.start, where.end).split('\n');
  // Marks at the beginning of each line, as line comments and blocks with stars have them.
  const marked = /^\s*(?:\/|#|--|;|%|\()/.test(parts[0]!);
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const cut = part.replace(last ? closing : /\r$/, '').replace(/\s+$/, '');
    const mark = index === 0 ? opening.exec(cut) : marked ? continuation.exec(cut) : undefined;
    const skipped = mark?.[0].length ?? 0;
    lines.push({ text: cut.slice(skipped), start: at + skipped });
    at += part.length + 1;
  }
  return lines;
}

const sectionNames: Readonly<Record<string, 'parameters' | 'returns' | 'other'>> = {
  args: 'parameters',
  arguments: 'parameters',
  parameters: 'parameters',
  params: 'parameters',
  'keyword args': 'parameters',
  'keyword arguments': 'parameters',
  'other parameters': 'parameters',
  returns: 'returns',
  return: 'returns',
  yields: 'other',
  yield: 'other',
  raises: 'other',
  raise: 'other',
  throws: 'other',
  errors: 'other',
  panics: 'other',
  safety: 'other',
  examples: 'other',
  example: 'other',
  usage: 'other',
  notes: 'other',
  note: 'other',
  warning: 'other',
  warnings: 'other',
  warns: 'other',
  see: 'other',
  'see also': 'other',
  references: 'other',
  todo: 'other',
  attributes: 'other',
  methods: 'other',
};

const tag =
  /^\s*(?:(?:[@\\](?:param|arg|argument)(?:\[\w+\])?)\s+(?:\{((?:[^{}]|\{[^{}]*\})*)\}\s*)?|:(?:param|parameter|arg|argument|key|keyword)\s+(?:([^:]*?)\s+)?)(\[?\*{0,2}\$?[\p{ID_Start}_][\p{ID_Continue}$]*)/u;
const returnTag = /^\s*(?:[@\\]returns?\b\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\})?|:returns?\b[^:]*:)\s*(.*)$/;
const anyTag = /^\s*(?:[@\\][A-Za-z]+\b|:[a-z]+(?:\s+[^:]*)?:(?:\s|$))/;

const sectionItem =
  /^(\s*)(?:[-*]\s+)?`{0,2}(\*{0,2}[\p{ID_Start}_][\p{ID_Continue}$]*)`{0,2}\s*(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?\s*(?::(?!:)|--?\s|—|–)\s*(.*)$/u;
const underlinedItem =
  /^(\s*)(\*{0,2}[\p{ID_Start}_][\p{ID_Continue}$]*(?:\s*,\s*\*{0,2}[\p{ID_Start}_][\p{ID_Continue}$]*)*)\s*(?::\s*(.*))?$/u;
const bulletItem =
  /^\s*[-*]\s+`(\*{0,2}[\p{ID_Start}_][\p{ID_Continue}$]*)`\s*(?:\([^()]*\)\s*)?(?::|--?\s|—|–)/u;

const indentOf = (line: string): number => /^[ \t]*/.exec(line)![0].length;

interface Section {
  readonly kind: 'parameters' | 'returns' | 'other';
  readonly underlined: boolean;
  readonly heading: boolean;
  readonly indent: number;
}

function sectionAt(lines: readonly DocLine[], index: number): Section | undefined {
  const { text } = lines[index]!;
  const heading = /^\s*#{1,6}\s+(.+?)\s*:?$/.exec(text);
  const plain = /^\s*([A-Za-z]+(?: [A-Za-z]+)?)\s*:?\s*$/.exec(text);
  const name = (heading ?? plain)?.[1]?.toLowerCase() ?? '';
  const kind = Object.hasOwn(sectionNames, name) ? sectionNames[name] : undefined;
  const next = lines[index + 1]?.text ?? '';
  const underlined = /^\s*-{3,}\s*$/.test(next) && plain !== null;
  if (kind === undefined)
    return underlined ? { kind: 'other', underlined, heading: false, indent: indentOf(text) } : undefined;
  if (heading) return { kind, underlined: false, heading: true, indent: indentOf(text) };
  if (!underlined && !/:\s*$/.test(text)) return undefined;
  return { kind, underlined, heading: false, indent: indentOf(text) };
}

interface Reading {
  readonly lines: readonly DocLine[];
  readonly parameters: DocParameter[];
  readonly prose: string[];
  style?: DocStyle;
  returns?: Documentation['returns'];
  section?: Section | undefined;
  /** Columns that the items of a section are indented by. */
  itemIndent?: number | undefined;
}

/** Reads a doc comment; total, whatever it says. */
export function readDocumentation(text: string, where: Span): Documentation {
  const reading: Reading = { lines: docLines(text, where), parameters: [], prose: [] };
  let fenced = false;
  for (const [index, { text: line }] of reading.lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    if (!fenced && !readTagged(reading, index) && !readSectioned(reading, index)) readPlain(reading, index);
  }
  const { lines, style, parameters, returns, prose } = reading;
  return {
    lines,
    ...(style && { style }),
    parameters,
    ...(returns && { returns }),
    prose: prose.join('\n').trim(),
  };
}

function addParameter(reading: Reading, index: number, raw: string, style: DocStyle, type?: string): void {
  const { text, start } = reading.lines[index]!;
  reading.style ??= style;
  const name = raw.replace(/^[[*$]+/, '');
  // In front of it stand a tag and a type, in which the name may occur, but not as a word before a blank.
  const found = new RegExp(`(?<![\\w{.])${escaped(raw)}(?![\\w}])`).exec(text);
  const at = start + (found?.index ?? 0) + (raw.length - name.length);
  reading.parameters.push({
    name,
    span: span(at, at + name.length),
    ...(type !== undefined && type.trim() !== '' && { type: type.trim() }),
    line: index,
    end: endOfItem(reading.lines, index),
  });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function readTagged(reading: Reading, index: number): boolean {
  const line = reading.lines[index]!;
  const tagged = tag.exec(line.text);
  if (tagged) {
    const style = /^\s*:/.test(line.text) ? 'fields' : 'tags';
    addParameter(reading, index, tagged[3]!, style, tagged[1] ?? tagged[2]);
    reading.section = { kind: 'other', underlined: false, heading: true, indent: 0 };
    return true;
  }
  const returned = returnTag.exec(line.text);
  if (returned) setReturns(reading, line, `${returned[1] ?? ''} ${returned[2] ?? ''}`.trim());
  if (!returned && !anyTag.test(line.text)) return false;
  reading.section = { kind: 'other', underlined: false, heading: true, indent: 0 };
  return true;
}

function setReturns(reading: Reading, { text, start }: DocLine, words: string): void {
  reading.returns ??= { span: span(start + indentOf(text), start + text.length), text: words };
}

function readSectioned(reading: Reading, index: number): boolean {
  const line = reading.lines[index]!;
  const opens = sectionAt(reading.lines, index);
  if (opens) {
    reading.section = opens;
    reading.itemIndent = undefined;
    return true;
  }
  const { section } = reading;
  if (!section || line.text.trim() === '') return section !== undefined;
  if (!section.underlined && !section.heading && indentOf(line.text) <= section.indent) {
    reading.section = undefined;
    return false;
  }
  if (section.underlined && /^\s*-{3,}\s*$/.test(line.text)) return true;
  if (section.kind === 'returns') setReturns(reading, line, line.text.trim());
  if (section.kind === 'parameters') readItem(reading, index, section);
  return true;
}

function readItem(reading: Reading, index: number, { underlined, heading }: Section): void {
  const { text } = reading.lines[index]!;
  reading.itemIndent ??= indentOf(text);
  if (indentOf(text) !== reading.itemIndent) return;
  if (underlined) {
    const item = underlinedItem.exec(text);
    const names = item?.[2]?.split(/\s*,\s*/) ?? [];
    for (const name of names) addParameter(reading, index, name, 'underlined', item?.[3]);
    return;
  }
  const item = sectionItem.exec(text);
  if (item) addParameter(reading, index, item[2]!, heading ? 'list' : 'sections', item[3]);
}

function readPlain(reading: Reading, index: number): void {
  const { text } = reading.lines[index]!;
  const bullet = bulletItem.exec(text);
  if (bullet) addParameter(reading, index, bullet[1]!, 'list');
  else reading.prose.push(text);
}

/** Behind the lines that go on with an item: those indented further. */
function endOfItem(lines: readonly DocLine[], index: number): number {
  const indent = indentOf(lines[index]!.text);
  let end = index + 1;
  while (end < lines.length && lines[end]!.text.trim() !== '' && indentOf(lines[end]!.text) > indent) end++;
  return end;
}
