// Private keys in PEM and PGP form, also inside of strings and comments, and when their end is missing.
import { type Span, span } from '../../core/span.ts';
import { maxPrivateKey } from './limits.ts';
import type { Finder } from './secret.ts';

const marks = /-----(BEGIN|END)[ A-Z0-9]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;

/** Code that only names the marks has nothing like this between them. */
const keyMaterial = /[A-Za-z0-9+/=]{24}/;

/** A line of a key, whatever quotes, comment marks and operators a language puts around it. */
const keyLine =
  /^[^A-Za-z0-9+/\n]*(?:\\n)?[A-Za-z0-9+/=]{16,}[^A-Za-z0-9\n]*(?:n[^A-Za-z0-9\n]*)?$|^[^A-Za-z0-9\n]*[A-Z][\w-]+: [^\n]*$|^[^A-Za-z0-9\n]*$/;

/** The marks stay, since they say what it is; what stands between them is the secret. */
export const privateKeys: Finder = function* (text) {
  const found = [...text.matchAll(marks)];
  for (const [number, { 0: mark, 1: side, index }] of found.entries()) {
    if (side !== 'BEGIN') continue;
    const start = index + mark.length;
    const next = found[number + 1];
    const limit = Math.min(next?.index ?? text.length, start + maxPrivateKey);
    const close = next?.[1] === 'END' && limit === next.index ? limit : unclosed(text, start, limit);
    if (keyMaterial.test(text.slice(start, close))) {
      yield { kind: 'private key', span: trimmed(text, start, close) };
    }
  }
};

/** Where a key without an end ends: with the last line that looks like one. */
function unclosed(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit) {
    const next = text.indexOf('\n', at);
    const end = next < 0 || next > limit ? limit : next;
    if (!keyLine.test(text.slice(at, end))) break;
    at = Math.min(limit, end + 1);
  }
  // A key within one line of code ends with its quotes.
  return at === start ? start + /^[\w+/=\\]*/.exec(text.slice(start, limit))![0].length : at;
}

/** Without the marks' own ends of line, so that each mark keeps its line. */
function trimmed(text: string, start: number, close: number): Span {
  const body = text.slice(start, close);
  const before = /^[^A-Za-z0-9+/]*?(?:\\n|\n)?[^A-Za-z0-9+/]*/.exec(body)![0].length;
  const after = /(?:\\n)?[^A-Za-z0-9+/=]*$/.exec(body)![0].length;
  return span(start + before, Math.max(start + before, close - after));
}
