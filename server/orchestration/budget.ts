// How the tokens of a request are shared out, counted by the tokenizer that most code models descend from.

/** Lines whose count is remembered; at forty code units each some megabytes. Then it begins anew. */
const maximumRemembered = 30_000;

/** Code units: a longer line is counted each time, since it would be remembered at its whole length. */
const maximumRememberedLine = 400;

/**
 * Counts with cl100k_base: Qwen's, DeepSeek's and OpenAI's own vocabularies are built on or near it, so that real
 * counts differ by a few per cent. Loading the table takes some hundred milliseconds, hence lazily and in a worker.
 *
 * A text is counted line by line, and lines are remembered: from one key to the next hardly any line is new. A few
 * tokens span lines, so that the sum is slightly too high, which errs on the safe side of a budget.
 */
export async function loadTokenCounter(): Promise<TokenCounter> {
  const { countTokens } = await import('gpt-tokenizer/encoding/cl100k_base');
  // Text of files may hold what looks like a special token; it counts as the plain text that it is.
  const options = { disallowedSpecial: new Set<string>() };
  const remembered = new Map<string, number>();
  const countLine = (line: string): number => {
    const known = remembered.get(line);
    if (known !== undefined) return known;
    const counted = countTokens(line, options);
    if (line.length <= maximumRememberedLine) {
      if (remembered.size >= maximumRemembered) remembered.clear();
      remembered.set(line, counted);
    }
    return counted;
  };
  return { count: (text) => linesOf(text).reduce((sum, line) => sum + countLine(line), 0) };
}

/** With their line breaks, so that together they are the text. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export interface TokenCounter {
  readonly count: (text: string) => number;
}

/** Shares of `budget.contextTokens`, in per cent of the whole. What one does not use goes to the snippets. */
export const shares = {
  /** Instructions and the subject itself come first: without them there is no task. */
  subject: 50,
  /** The user's own words; a long diagnostic or document is cut. */
  prose: 25,
  /** The file around it. */
  surroundings: 30,
} as const;

/** A fill-in-the-middle prompt is mostly what stands before the cursor; what stands after says where to end. */
export const fimShares = { prefix: 60, suffix: 15 } as const;

/** Tokens that a task's answer may have: some two hundred lines. A model that has lost the thread ends here at the latest. */
export const answerTokens = 2048;

/** Tokens of one completion: a line with room, or a short block. */
export const completionTokens = { line: 64, block: 256 } as const;

/** A part of a text, and what it costs. */
export interface Fitted {
  readonly text: string;
  readonly tokens: number;
}

/**
 * The end of `text` (or its beginning) that fits `limit` tokens: whole lines, and of a single line that is too long
 * alone, what fits of it.
 */
export function fitText(counter: TokenCounter, text: string, limit: number, keep: 'start' | 'end'): Fitted {
  const step = keep === 'end' ? previousLine : nextLine;
  let tokens = 0;
  let at = keep === 'end' ? text.length : 0;
  for (let next = step(text, at); next !== at; next = step(text, at)) {
    const line = keep === 'end' ? text.slice(next, at) : text.slice(at, next);
    const cost = counter.count(line);
    if (tokens + cost > limit) {
      if (tokens === 0 && limit > 0) return fitLine(counter, line, limit, keep);
      break;
    }
    tokens += cost;
    at = next;
  }
  return { text: keep === 'end' ? text.slice(at) : text.slice(0, at), tokens };
}

const previousLine = (text: string, at: number): number => (at < 2 ? 0 : text.lastIndexOf('\n', at - 2) + 1);

const nextLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
};

/** By halving, since how many code units a token has varies. */
function fitLine(counter: TokenCounter, line: string, limit: number, keep: 'start' | 'end'): Fitted {
  const part = (length: number): string =>
    keep === 'end' ? line.slice(line.length - length) : line.slice(0, length);
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (counter.count(part(middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  return { text: part(low), tokens: counter.count(part(low)) };
}
