// The words of a comment, without the marks that make it one.

// Line and block comment marks of all languages that vouch knows, and the quotes of documentation in strings.
const opening = /^(?:[rRuUbB]{0,2}(?:"""|''')|\/\*+!?|<!--|\/\/+!?|#+!?|--+|;+|%+)[ \t]?/;
const closing = /[ \t]*(?:"""|'''|\*+\/|-->)$/;
const continuation = /^[ \t]*(?:\*(?!\/)|\/\/+!?|#+!?|--+|;+|%+)[ \t]?/;

/** The text of a comment or docstring, or of several on lines of their own: no marks, no common indentation. */
export function plainComment(comment: string): string {
  const inner = comment.trim().replace(closing, '').replace(opening, '');
  const [first = '', ...rest] = inner.split(/\r\n|\r|\n/);
  const marked = rest.some((line) => continuation.test(line));
  const stripped = rest.map((line) => (marked ? line.replace(continuation, '') : line));
  const indents = stripped
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)![0].length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return [first.trim(), ...stripped.map((line) => line.slice(common).trimEnd())].join('\n').trim();
}
