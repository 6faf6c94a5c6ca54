// Placeholders for secrets that an answer repeats and that nothing can be put back for: they stood for a secret of another
// file, or the model has changed them. As code they would be a wrong value that looks like a right one.
import type { Finding } from '../../core/finding.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { placeholder } from './redact.ts';

/** One finding for each that the text after the answer has and the document had not. */
export const leftPlaceholders = ({ text, path }: Snapshot, after: string): Finding[] =>
  [...after.matchAll(placeholder)]
    .filter(([words]) => !text.includes(words))
    .map(({ 0: words, index }) => ({
      check: 'incomplete/placeholder',
      severity: 'error',
      path,
      span: { start: index, end: index + words.length },
      message: `\`${words}\` stands for a secret that the model was not shown: read the value from where it is kept, or write code that needs none`,
      fixes: [],
    }));
