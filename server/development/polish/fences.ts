// The code of an answer that wraps it in Markdown fences, with or without prose around them.
import type { Filter, PolishContext } from './context.ts';
import { isBlank, leadOf, linesOf, widthOf } from './lines.ts';
import { isProse } from './prose.ts';

interface Block {
  readonly info: string;
  readonly content: readonly string[];
}

/** Of several blocks the longest in the file's language; of none in it, the longest without a language, else of any. */
export const unfenced: Filter = (text, context) => {
  const lines = linesOf(text);
  const first = lines.findIndex((line) => fenceOf(line) !== undefined);
  if (first < 0) return text;
  const lead = lines.slice(0, first).filter((line) => !isBlank(line));
  const opening = fenceOf(lines[first]!)!;
  // A fence after code, not after prose: the end of a block that was opened in the prompt, or a part of the code itself.
  if (lead.length > 0 && !isProse(lead.at(-1)!) && !isProse(lead[0]!)) {
    return opening.info === '' && !hasFence(context) ? lines.slice(0, first).join('\n') : text;
  }
  if (lead.length > 0 && hasFence(context) && !isProse(lead[0]!)) return text;
  const blocks = blocksOf(lines, first);
  return choose(blocks, context).content.join('\n');
};

function choose(blocks: readonly Block[], { language }: PolishContext): Block {
  const own = blocks.filter(({ info }) => isIn(info, language));
  const plain = blocks.filter(({ info }) => info === '');
  const among = [own, plain, blocks].find((some) => some.length > 0)!;
  return among.reduce((best, one) => (sizeOf(one) > sizeOf(best) ? one : best));
}

/** Whether a fence's info names the language. */
export function isIn(info: string, language: PolishContext['language']): boolean {
  if (!language) return false;
  const { id, name, aliases, extensions } = language;
  return [id, name, ...aliases, ...extensions.map((one) => one.slice(1))].some(
    (one) => one.toLowerCase() === info.toLowerCase(),
  );
}

const sizeOf = ({ content }: Block): number => content.join('\n').length;

/** Blocks from line `first` on. A block that is not closed reaches to the end: the answer was cut or stopped early. */
function blocksOf(lines: readonly string[], first: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = first; at < lines.length; at++) {
    const opening = fenceOf(lines[at]!);
    if (!opening) continue;
    const end = closingOf(lines, at, opening);
    const content = lines.slice(at + 1, end);
    const indent = leadOf(lines[at]!).length;
    // A fence in a list is indented, and its content with it.
    blocks.push({ info: opening.info, content: content.map((line) => dropLead(line, indent)) });
    at = end;
  }
  return blocks;
}

/** Index of the line that closes the block, or of the end. A block inside of a block (documentation with examples) is opened with a language and closed by a bare fence. */
export function closingOf(lines: readonly string[], start: number, opening: Fence): number {
  let depth = 1;
  for (let at = start + 1; at < lines.length; at++) {
    const fence = fenceOf(lines[at]!);
    if (!fence || fence.mark[0] !== opening.mark[0] || fence.mark.length < opening.mark.length) continue;
    if (fence.indent > opening.indent + 3) continue;
    depth += fence.info === '' ? -1 : 1;
    if (depth === 0) return at;
  }
  return lines.length;
}

interface Fence {
  readonly mark: string;
  readonly info: string;
  readonly indent: number;
}

/** The fence that a line is. Its info is the first word after the mark. */
export function fenceOf(line: string): Fence | undefined {
  const match = /^([ \t]*)(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/.exec(line);
  return match ? { mark: match[2]!, info: match[3]!, indent: widthOf(match[1]!) } : undefined;
}

/** Whether the file itself holds fences, so that one in the answer may be meant. */
const hasFence = ({ before, after, replaced }: PolishContext): boolean =>
  [before, after, replaced].some((part) => /^[ \t]*(```|~~~)/m.test(part));

const dropLead = (line: string, count: number): string => line.slice(Math.min(count, leadOf(line).length));
