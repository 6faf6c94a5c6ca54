// A line for a parameter in a doc comment, in the style that the comment, or else its file, is written in.
import { type DocStyle, type Documentation, readDocumentation } from '../../core/documentation.ts';
import type { ParameterFact } from '../../core/facts.ts';
import { indentationAt, lineSpanAt } from '../../core/lines.ts';
import { type Edit, span, spanText } from '../../core/span.ts';
import type { Documented } from '../requirement/subject.ts';

/** `undefined` where the comment's form is not understood. */
export function documentParameter(documented: Documented, parameter: ParameterFact): Edit | undefined {
  const { documentation } = documented;
  return documentation.parameters.length > 0
    ? besideOthers(documented, parameter)
    : atTheEnd(documented, parameter, styleOf(documented));
}

/** Behind the parameter before it, or before the first one. */
function besideOthers({ documentation, parameters, subject }: Documented, parameter: ParameterFact): Edit {
  const { text } = subject;
  const style = documentation.style!;
  const listed = documentation.parameters;
  const before = parameters
    .slice(0, parameters.indexOf(parameter))
    .reverse()
    .map(({ name }) => listed.find((one) => one.name === name))
    .find((one) => one !== undefined);
  const model = before ?? listed[0]!;
  const line = documentation.lines[model.line]!;
  const lineStart = lineSpanAt(text, line.start).start;
  const indent = /^\s*/.exec(line.text)![0];
  const prefix = text.slice(lineStart, line.start) + indent;
  const typed = listed.some(({ type }) => type !== undefined);
  const item = itemOf(style, line.text.trim(), parameter, typeOf(parameter, text), typed);
  const newText = item.map((part) => prefix + part).join('\n');
  if (!before) return { span: span(lineStart, lineStart), newText: `${newText}\n` };
  const last = documentation.lines[before.end - 1]!;
  const end = last.start + last.text.length;
  return { span: span(end, end), newText: `\n${newText}` };
}

/** A first parameter goes behind what is there, with the heading that the style has. */
function atTheEnd(
  { symbol, subject, documentation }: Documented,
  parameter: ParameterFact,
  style: DocStyle | 'prose',
): Edit | undefined {
  const { text } = subject;
  const doc = symbol.doc!;
  const comment = spanText(text, doc);
  const base = indentationAt(text, doc.start);
  const type = typeOf(parameter, text);
  const typed =
    documentation.returns !== undefined && type !== undefined && style === 'tags' && /\{/.test(comment);
  const bare =
    style === 'prose'
      ? [`${parameter.name} is ${meaning(parameter)}.`]
      : itemOf(style, '', parameter, type, typed);
  const item =
    style === 'sections'
      ? ['Args:', ...bare.map((part) => `    ${part}`)]
      : style === 'underlined'
        ? ['Parameters', '----------', ...bare]
        : bare;
  const quotes = /("""|''')$/.exec(comment);
  if (quotes) {
    const inner = comment.slice(0, -3);
    const end = doc.start + inner.trimEnd().length;
    const at = placeBeforeSections(documentation) ?? end;
    const lines = item.map((part) => base + part).join('\n');
    if (at !== end) return { span: span(at, at), newText: `${lines}\n\n` };
    return { span: span(end, doc.end - 3), newText: `\n\n${lines}\n${base}` };
  }
  if (comment.startsWith('/*')) {
    const end =
      doc.start +
      comment
        .slice(0, -2)
        .trimEnd()
        .replace(/\s*\*$/, '').length;
    const lines = ['', ...item].map((part) => `${base} * ${part}`.trimEnd()).join('\n');
    return { span: span(end, doc.end - 2), newText: `\n${lines}\n${base} ` };
  }
  const mark = /^(?:\/\/[/!]?|#+|--+)/.exec(comment)?.[0];
  if (mark === undefined) return undefined;
  const end = doc.start + comment.trimEnd().length;
  const apart = style === 'prose' ? [] : [''];
  return {
    span: span(end, end),
    newText: [...apart, ...item].map((part) => `\n${base}${mark} ${part}`.trimEnd()).join(''),
  };
}

/** Sections of results, errors and examples come after that of parameters. */
function placeBeforeSections({ lines }: Documentation): number | undefined {
  const first = lines.find(({ text }) => /^\s*(?:Returns|Raises|Yields|Examples?)\s*:?\s*$/.test(text));
  return first?.start;
}

const typeOf = ({ type }: ParameterFact, text: string): string | undefined => type && spanText(text, type);

/** What can be said without knowing more: the words of its name, for the user to go on from. */
const meaning = ({ name }: ParameterFact): string =>
  `the ${(name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [name]).join(' ').toLowerCase()}`;

/** @param model a line of the same list, whose marks are kept. */
function itemOf(
  style: DocStyle,
  model: string,
  parameter: ParameterFact,
  type: string | undefined,
  typed: boolean,
): string[] {
  const { name } = parameter;
  const words = `${meaning(parameter)}.`;
  const shownType = typed ? type : undefined;
  switch (style) {
    case 'sections':
      return [`${name}${shownType ? ` (${shownType})` : ''}: ${words}`];
    case 'underlined':
      return [`${name}${type ? ` : ${type}` : ''}`, `    ${words}`];
    case 'fields':
      return [`:param ${shownType ? `${shownType} ` : ''}${name}: ${words}`];
    case 'tags':
      return [
        `@param ${shownType ? `{${shownType}} ` : ''}${name} ${/\s-\s/.test(model) ? '- ' : ''}${words}`,
      ];
    case 'list':
      return [`${/^\s*([-*])/.exec(model)?.[1] ?? '*'} \`${name}\` - ${words}`];
  }
}

/** The style of the file's other comments of that form; else what is usual for the form. */
function styleOf({ symbol, subject: { text, facts } }: Documented): DocStyle | 'prose' {
  const comment = spanText(text, symbol.doc!);
  for (const { doc } of facts.symbols) {
    if (!doc || text.slice(doc.start, doc.start + 2) !== comment.slice(0, 2)) continue;
    const { style } = readDocumentation(text, doc);
    if (style) return style;
  }
  if (/^[rRuU]?(?:"""|''')/.test(comment)) return 'sections';
  if (comment.startsWith('/*')) return 'tags';
  return comment.startsWith('///') ? 'list' : 'prose';
}
