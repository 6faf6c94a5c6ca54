// How the tokens of a request are shared out, counted by the tokenizer that most code models descend from.

/**
 * Counts with cl100k_base: Qwen's, DeepSeek's and OpenAI's own vocabularies are built on or near it, so that real
 * counts differ by a few per cent. Loading the table takes some hundred milliseconds, hence lazily and in a worker.
 */
export async function loadTokenCounter(): Promise<TokenCounter> {
  const { countTokens, isWithinTokenLimit } = await import('gpt-tokenizer/encoding/cl100k_base');
  // Text of files may hold what looks like a special token; it counts as the plain text that it is.
  const options = { disallowedSpecial: new Set<string>() };
  return {
    count: (text) => countTokens(text, options),
    fits: (text, limit) => text.length <= limit || isWithinTokenLimit(text, limit, options) !== false,
  };
}

export interface TokenCounter {
  readonly count: (text: string) => number;
  /** Whether the text has at most `limit` tokens; stops counting beyond. */
  readonly fits: (text: string, limit: number) => boolean;
}

/** Shares of `budget.contextTokens`, in per cent of the whole. What one does not use goes to the snippets. */
export const shares = {
  /** Instructions and the subject itself come first: without them there is no task. */
  subject: 50,
  /** The file around it. */
  surroundings: 30,
} as const;

/** A fill-in-the-middle prompt is mostly what stands before the cursor; what stands after says where to end. */
export const fimShares = { prefix: 60, suffix: 15 } as const;

/** Tokens that a task's answer may have: some two hundred lines. A model that has lost the thread ends here at the latest. */
export const answerTokens = 2048;

/** Tokens of one completion: a line with room, or a short block. */
export const completionTokens = { line: 64, block: 256 } as const;

/**
 * The end of `text` (or its beginning) that fits `limit` tokens, cut at a line where one is near.
 */
export function fitText(counter: TokenCounter, text: string, limit: number, keep: 'start' | 'end'): string {
  if (limit <= 0) return '';
  if (counter.fits(text, limit)) return text;
  // No token of code is longer than about 16 characters on average runs, so anything beyond is out for certain.
  let low = 0;
  let high = Math.min(text.length, limit * 16);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const part = keep === 'end' ? text.slice(text.length - middle) : text.slice(0, middle);
    if (counter.fits(part, limit)) low = middle;
    else high = middle - 1;
  }
  return keep === 'end' ? fromLineStart(text.slice(text.length - low)) : toLineEnd(text.slice(0, low));
}

const fromLineStart = (text: string): string => {
  const at = text.indexOf('\n');
  return at < 0 ? text : text.slice(at + 1);
};

const toLineEnd = (text: string): string => {
  const at = text.lastIndexOf('\n');
  return at < 0 ? text : text.slice(0, at + 1);
};
