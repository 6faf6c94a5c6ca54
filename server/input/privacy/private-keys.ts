// Private keys in PEM and PGP form, also inside of strings and comments, and when their end is missing.
import { span } from '../../core/span.ts';
import { maxPrivateKey } from './limits.ts';
import type { Finder } from './secret.ts';

const begin = /-----BEGIN[ A-Z0-9]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END[ A-Z0-9]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;

/** Code that only names the marks has nothing like this between them. */
const keyMaterial = /[A-Za-z0-9+/=]{24}/;

/** A line of a key, whatever quotes, comment marks and operators a language puts around it. */
const keyLine =
  /^[^A-Za-z0-9+/\n]*(?:\\n)?[A-Za-z0-9+/=]{16,}[^A-Za-z0-9\n]*(?:n[^A-Za-z0-9\n]*)?$|^[^A-Za-z0-9\n]*[A-Z][\w-]+: [^\n]*$|^[^A-Za-z0-9\n]*$/;

/** The marks stay, since they say what it is; what stands between them is the secret. */
export const privateKeys: Finder = function* (text) {
  for (const { 0: mark, index } of text.matchAll(begin)) {
    const start = index + mark.length;
    end.lastIndex = start;
    const closing = end.exec(text);
    const close = closing && closing.index - start <= maxPrivateKey ? closing.index : unclosed(text, start);
    if (keyMaterial.test(text.slice(start, close)))
      yield { kind: 'private key', span: trimmed(text, start, close) };
  }
};

/** Where a key without an end ends: with the last line that looks like one. */
function unclosed(text: string, start: number): number {
  let at = start;
  const limit = Math.min(text.length, start + maxPrivateKey);
  while (at < limit) {
    const next = text.indexOf('\n', at);
    const line = text.slice(at, next < 0 ? limit : next);
    if (!keyLine.test(line)) break;
    at = next < 0 ? limit : next + 1;
  }
  // A key within one line of code ends with its quotes.
  return at === start ? start + /^[\w+/=\\]*/.exec(text.slice(start, limit))![0].length : at;
}

/** Without the marks' own ends of line, so that each mark keeps its line. */
function trimmed(text: string, start: number, close: number) {
  const body = text.slice(start, close);
  const before = /^[^A-Za-z0-9+/]*?(?:\\n|\n)?[^A-Za-z0-9+/]*/.exec(body)![0].length;
  const after = /(?:\\n)?[^A-Za-z0-9+/=]*$/.exec(body)![0].length;
  return span(start + before, Math.max(start + before, close - after));
}
