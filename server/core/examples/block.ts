// Code blocks: fences, `@example`, `<pre>`.
import type { DocLine } from '../documentation.ts';
import { span } from '../span.ts';
import type { Example, Found, Lines } from './example.ts';
import { readLine } from './line.ts';
import { prompt } from './session.ts';

const fence = /^\s*(```+|~~~+)\s*(?:\{?\.?)([^`}]*)\}?\s*$/;
const exampleTag =
  /^\s*(?:[@\\]example\b(?!s?\w)|<pre>(?:\s*\{@code\b|\s*<code>)?|\{@snippet\b[^:]*:?|(?:\.\. code-block::|\.\. code::)\s*(\S*))\s*(.*)$/;

/**
 * A fenced block, `@example`, `<pre>`: the block as a whole, and the assertions and calls of its lines.
 * @param inside reads a block that holds sessions or fences of its own.
 */
export function readBlock(
  lines: Lines,
  first: number,
  inside: (lines: Lines) => readonly Example[],
): Found | undefined {
  const opened = fence.exec(lines[first]!.text);
  const tagged = opened ? null : exampleTag.exec(lines[first]!.text);
  if (!opened && !tagged) return undefined;
  const closes = opened
    ? (line: string): boolean => line.trim().startsWith(opened[1]!) && line.trim().replace(/[`~]/g, '') === ''
    : /<pre>|\{@snippet/.test(lines[first]!.text)
      ? (line: string): boolean => /<\/pre>|^\s*\}\s*$/.test(line)
      : (line: string): boolean => /^\s*[@\\][A-Za-z]/.test(line);
  const body: DocLine[] = [];
  let next = first + 1;
  if (tagged?.[2]) {
    const { text, start } = lines[first]!;
    // `@example <caption>` names it and is no code.
    if (!/^<caption>/.test(tagged[2]))
      body.push({ text: tagged[2], start: start + text.length - tagged[2].length });
  }
  while (next < lines.length && !closes(lines[next]!.text)) body.push(lines[next++]!);
  // The line that closes a fence belongs to it; a tag's block ends where the next tag begins.
  if (next < lines.length && (opened || /<pre>|\{@snippet/.test(lines[first]!.text))) next++;
  if (body.some(({ text }) => prompt.test(text) || fence.test(text))) {
    // Sessions and fences inside are read for themselves.
    return { next, examples: inside(body) };
  }
  const code = body.filter(({ text }) => text.trim() !== '');
  if (code.length === 0) return { next, examples: [] };
  const attributes = (opened?.[2] ?? tagged?.[1] ?? '').trim();
  const text = dedent(body.map((line) => line.text));
  const last = code.at(-1)!;
  return {
    next,
    examples: [
      {
        form: 'block',
        span: span(code[0]!.start, last.start + last.text.length),
        code: text,
        ...(attributes !== '' && { attributes }),
      },
      ...(isOther(attributes) ? [] : code.flatMap((line) => readLine(line, 'code'))),
    ],
  };
}

/** Code that is indented by tabs, where its lines say what comes of them; prose is not written so. */
export function readIndented(lines: Lines, first: number): Found | undefined {
  let next = first;
  while (next < lines.length && /^\t\s*\S/.test(lines[next]!.text)) next++;
  const body = lines.slice(first, next);
  const examples = body.flatMap((line) => readLine(line, 'code'));
  const last = body.at(-1);
  if (!last || examples.length === 0) return undefined;
  const whole = span(body[0]!.start, last.start + last.text.length);
  return {
    next,
    examples: [{ form: 'block', span: whole, code: dedent(body.map(({ text }) => text)) }, ...examples],
  };
}

/** Blocks that are no code of the file's language. */
const isOther = (attributes: string): boolean =>
  /\b(?:text|plain|console|diff|none|output|compile_fail|ignore)\b/i.test(attributes);

function dedent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines
    .map((line) => line.slice(common).trimEnd())
    .join('\n')
    .trim();
}
