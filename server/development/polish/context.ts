// What a polish filter is told about the place that the text goes to.
import type { Language } from '../../core/language.ts';

export interface PolishContext {
  /** Absent for a language without a folder under `grammars/`. */
  readonly language:
    | Pick<Language, 'id' | 'name' | 'aliases' | 'extensions' | 'comment' | 'indented' | 'indent'>
    | undefined;
  /** The file's text up to the target. */
  readonly before: string;
  /** The file's text from the target's end. */
  readonly after: string;
  /** What the target holds now; empty for an insertion. */
  readonly replaced: string;
  /** `insert`: continues at the cursor. `replace`: stands for the whole target. */
  readonly mode: 'insert' | 'replace';
  /** How many syntax errors the file would have with this text in place: decides where two readings are possible. */
  readonly errorsWith?: (text: string) => number;
  /** The answer came in a fenced block, so that its indentation may be relative. Set by `polish` for the filters after it. */
  readonly fenced?: boolean;
}

/** One clean-up. Pure; never throws; returns the same text where there is nothing to mend. Line breaks are `\n`. */
export type Filter = (text: string, context: PolishContext) => string;

/** Of several readings the one that parses best; the first where they are equal or nobody can tell. */
export function best(context: PolishContext, readings: readonly string[]): string {
  const [first = ''] = readings;
  const { errorsWith } = context;
  if (!errorsWith || readings.every((one) => one === first)) return first;
  let chosen = first;
  let fewest = errorsWith(first);
  for (const reading of readings.slice(1)) {
    const errors = errorsWith(reading);
    if (errors < fewest) [chosen, fewest] = [reading, errors];
  }
  return chosen;
}
