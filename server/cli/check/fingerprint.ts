// What a finding is known by when the lines around it have moved: its check, its words and its own line.
import { createHash } from 'node:crypto';
import type { Finding } from '../../core/finding.ts';
import { lineAt, lineStarts } from '../../core/lines.ts';

/** Hexadecimal digits that are kept: chance makes two of a million findings equal once in 18 million runs. */
const digits = 16;

/**
 * Fingerprints of findings, given in the order of their places: equal ones of a file are told apart by their number.
 * A hash, since the line may hold a secret.
 */
export function createFingerprints(): (finding: Finding, text: string) => string {
  const seen = new Map<string, number>();
  const starts = new Map<string, readonly number[]>();
  return (finding, text) => {
    const { path, check, message, span } = finding;
    let lines = starts.get(path);
    if (!lines) {
      lines = lineStarts(text);
      starts.set(path, lines);
    }
    const line = lineAt(lines, span.start);
    const words = text.slice(lines[line], lines[line + 1]).trim();
    const key = JSON.stringify([path, check, message, words]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    const identity = JSON.stringify([check, message, words, count]);
    return createHash('sha256').update(identity).digest('hex').slice(0, digits);
  };
}
