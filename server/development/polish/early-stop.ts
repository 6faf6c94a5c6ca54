// When a stream has brought enough: the reader closes the connection instead of paying for text that polish would cut.
import type { PolishContext } from './context.ts';
import { closingOf, fenceOf, isIn } from './fences.ts';
import { firstLines, isBlank, isTelling, linesOf, normal } from './lines.ts';
import { isProse } from './prose.ts';
import { loopIn } from './repetition.ts';
import { scopeEnd } from './scope.ts';

export interface EarlyStopContext {
  readonly before: string;
  readonly after: string;
  /** Whether more than the rest of the line is wanted. */
  readonly multiline: boolean;
  /** Whether the answer comes by chat: in a fence, and its indentation may be relative. */
  readonly chat: boolean;
  readonly language?: PolishContext['language'];
  /** Lines after which even a good answer is long enough. */
  readonly maximumLines?: number;
}

/** A completion is read by eye before it is accepted: more than this is not read. */
const defaultMaximumLines = 40;

/** Lines below the cursor that, repeated, show that the model has arrived there. */
const comparedLines = 3;

/**
 * @returns told of the whole text so far after each piece; `true` once the rest is not wanted. Only whole lines are
 * judged, since the last one may still grow.
 */
export function createEarlyStop(context: EarlyStopContext): (text: string) => boolean {
  const below = firstLines(context.after, comparedLines).map(normal);
  const place: PolishContext = {
    language: context.language,
    before: context.before,
    after: context.after,
    replaced: '',
    mode: 'insert',
  };
  const maximumLines = context.maximumLines ?? defaultMaximumLines;
  let judged = -1;
  return (text) => {
    const end = text.lastIndexOf('\n');
    if (end <= judged) return false;
    judged = end;
    const all = linesOf(text.slice(0, end));
    const { lines, closed } = codeOf(all, context.language);
    if (closed || isStuck(all)) return true;
    const said = lines.filter((line) => !isBlank(line));
    if (said.length === 0) return false;
    if (!context.multiline) return true;
    return (
      lines.length > maximumLines ||
      loopIn(lines) !== undefined ||
      repeatsBelow(said, below) ||
      // An answer by chat may be relative to the cursor: its margin is not the file's.
      (!context.chat && scopeEnd(lines.join('\n'), place) !== undefined)
    );
  };
}

/** Lines of one loop, outside of code too, by which a model has lost the thread: nothing will come after them. */
const stuckLines = 12;

function isStuck(lines: readonly string[]): boolean {
  const loop = loopIn(lines);
  return loop !== undefined && lines.length - loop.start >= stuckLines;
}

/**
 * The code so far: of an answer with fences what stands inside of the one that counts, of one that begins with thoughts
 * or prose nothing yet. A block in another language (how to install something) is passed over.
 */
function codeOf(
  lines: readonly string[],
  language: PolishContext['language'],
): { readonly lines: readonly string[]; readonly closed: boolean } {
  const nothing = { lines: [], closed: false };
  const said = lines.findIndex((line) => !isBlank(line));
  if (said < 0) return nothing;
  if (/^\s*<think/.test(lines[said]!) && !lines.some((line) => line.includes('</think'))) return nothing;
  let fenced = false;
  for (let at = 0; at < lines.length; at++) {
    const fence = fenceOf(lines[at]!);
    if (!fence) continue;
    fenced = true;
    const end = closingOf(lines, at, fence);
    if (!language || fence.info === '' || isIn(fence.info, language))
      return { lines: lines.slice(at + 1, end), closed: end < lines.length };
    at = end;
  }
  return fenced || isProse(lines[said]!) ? nothing : { lines, closed: false };
}

const repeatsBelow = (said: readonly string[], below: readonly string[]): boolean => {
  if (below.length === 0 || !below.some(isTelling)) return false;
  const tail = said.slice(-below.length).map(normal);
  return said.length > below.length && tail.every((line, index) => line === below[index]);
};
