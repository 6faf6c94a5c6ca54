// Texts with words in braces, as `core/build-rules.ts` says.

export type Words = Readonly<Record<string, string | number>>;

/** Replaces the words that are known; braces around anything else are code. */
export const fill = (text: string, words: Words): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(words, name) ? String(words[name]) : whole,
  );

/** One question to one candidate. */
export interface Pair {
  readonly candidate: number;
  readonly question: number;
}

/** Lines, those that name a question or a candidate once for each of these. */
export function fillEach(lines: readonly string[], words: Words, pairs: readonly Pair[]): string {
  const candidates = [...new Set(pairs.map(({ candidate }) => candidate))];
  const filled = lines.flatMap((line) => {
    if (line.includes('{question}')) return pairs.map((pair) => fill(line, { ...words, ...pair }));
    if (line.includes('{candidate}') && !('candidate' in words))
      return candidates.map((candidate) => fill(line, { ...words, candidate }));
    return [fill(line, words)];
  });
  return `${filled.join('\n')}\n`;
}

/** What of a question's file an error can be in. */
export type Slot = 'setup' | 'code' | 'expected';

export interface Slotted {
  readonly text: string;
  /** What stands on a line, counted from 1. */
  slotAt(line: number): Slot | undefined;
}

/** Lines, with what stands on which of them known. */
export function fillSlots(lines: readonly string[], words: Words): Slotted {
  const written: string[] = [];
  const slots: (Slot | undefined)[] = [];
  for (const line of lines) {
    const slot = /\{(setup|code|expected)\}/.exec(line)?.[1] as Slot | undefined;
    for (const one of fill(line, words).split('\n')) {
      written.push(one);
      slots.push(slot);
    }
  }
  return { text: `${written.join('\n')}\n`, slotAt: (line) => slots[line - 1] };
}
