// The value that an example expects, where a line goes on behind it.
import { closingBracket, closingQuote } from './call.ts';

const scalar =
  /^(?:[-+]?(?:0[xob][\da-f_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:e[-+]?\d+)?)(?:[a-z]\w{0,4})?|True|False|true|false|None|nil|null|undefined|NaN|nan|inf|Infinity|[A-Za-z]{0,2}(?=["'`]))/i;

/** The value at the beginning of a text: a literal as far as it goes, or else what is left of the line. */
export function readValue(text: string): { text: string; end: number; literal: boolean } | undefined {
  const inline = /^\{@(?:code|literal)\s+([^{}]+)\}/.exec(text);
  if (inline) return { text: inline[1]!.trim(), end: inline[0].length, literal: true };
  const quoted = /^(`+)([^`]+)\1(?!\w)/.exec(text);
  if (quoted && (quoted[1]!.length > 1 || !/^\s*$/.test(quoted[2]!))) {
    return { text: quoted[2]!.trim(), end: quoted[0].length, literal: true };
  }
  const opening = /^(?:[A-Za-z_][\w.:!<>&*[\]]{0,40}?)?(?:[([{])/.exec(text);
  if (opening) {
    const close = closingBracket(text, opening[0].length - 1);
    if (close !== undefined) return { text: text.slice(0, close + 1), end: close + 1, literal: true };
  }
  const literal = scalar.exec(text)?.[0];
  if (literal !== undefined) {
    // What stands before a quote is the text's prefix; behind a number or a name it ends the code that the line quotes.
    if (/^["'`]/.test(text.slice(literal.length)) && /^[A-Za-z]{0,2}$/.test(literal)) {
      const close = closingQuote(text, literal.length);
      if (close !== undefined) return { text: text.slice(0, close + 1), end: close + 1, literal: true };
    } else if (literal !== '' && !/^[\w%]/.test(text.slice(literal.length))) {
      return { text: literal, end: literal.length, literal: true };
    }
  }
  const rest = text.replace(/[`}]?\s*[.;,]?\s*$/, '');
  return rest === '' ? undefined : { text: rest, end: rest.length, literal: false };
}
