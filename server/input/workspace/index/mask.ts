// What an index keeps of a signature: not the values of its literals, since it is written to disk and a default may be a
// password. Types stay as they are, also those that are literals.
import type { SymbolKind } from '../../../core/facts.ts';
import { maxSignatureLength } from '../limits.ts';

const masked = '…';

/** The beginning of a text, which does not end within a character of two code units: what is stored must be sound. */
export const beginning = (text: string, length: number): string => {
  const cut = text.slice(0, length);
  return cut.length < text.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
};
const valued = new Set<SymbolKind>(['variable', 'constant', 'field']);
/** Letters and digits mixed in one long run: a token, a hash, a key. */
const token = /(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{20,}/g;

/** The signature with string literals that are values replaced, on as many lines as it has. */
export function maskSignature(signature: string, kind: SymbolKind): string {
  const short =
    signature.length > maxSignatureLength
      ? `${beginning(signature, maxSignatureLength)}${masked}`
      : signature;
  if (!/["'`]/.test(short)) return maskTokens(short);
  const value = valued.has(kind) ? /=(?!=|>)|:=|=>/.exec(short) : null;
  return maskTokens(
    value
      ? short.slice(0, value.index) + maskAll(short.slice(value.index))
      : short.replace(
          // A default: from its sign to the comma, bracket or brace that ends it, with what is nested one level deep.
          /(=\s*)((?:(["'`])(?:\\.|(?!\3)[^\\])*(?:\3|$)|\([^()]*\)?|\[[^[\]]*\]?|\{[^{}]*\}?|[^,()[\]{}"'`=])+)/g,
          (_, sign: string, given: string) => sign + maskAll(given),
        ),
  );
}

/** Prose, with what looks like a key in it replaced. */
export const maskTokens = (text: string): string => text.replace(token, masked);

/** An unfinished literal goes up to the end: the rest of it may be on a line that was cut. */
const maskAll = (text: string): string =>
  text.replace(/(["'`])(?:\\.|(?!\1)[^\\])*(?:\1|$)/g, (_, quote: string) => `${quote}${masked}${quote}`);
