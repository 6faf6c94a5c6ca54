// Where a tree is broken: ERROR and MISSING nodes as facts, with a span that points at the trouble.
import type { SyntaxErrorFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { closerOf, isCloser } from './braces.ts';
import type { ParsedText } from './chunk-facts.ts';
import type { SyntaxNode } from './engine.ts';

/** Errors in and below a node, in order; spans relative to `base`. Sound subtrees are passed over. */
export function readErrors(node: SyntaxNode, text: string, base: number): SyntaxErrorFact[] {
  if (node.isMissing) {
    const at = node.startIndex - base;
    return [{ span: { start: at, end: at }, kind: 'missing', expected: node.type }];
  }
  if (node.isError) return [{ span: relative(trouble(node, text), base), kind: 'error' }];
  if (!node.hasError) return [];
  return node.children.flatMap((child) => (child ? readErrors(child, text, base) : []));
}

/** Where the parser made nothing of the whole file, that is an error of its own, since no top-level node stands for it. */
export const rootError = ({ tree, text }: ParsedText): SyntaxErrorFact[] =>
  tree.root.isError ? [{ span: trouble(tree.root, text), kind: 'error' }] : [];

/** Spans of broken nodes whole, in which nothing that was read is certain; relative to `base`. */
export function brokenSpans(node: SyntaxNode, base: number): Span[] {
  if (node.isError || node.isMissing) return [{ start: node.startIndex - base, end: node.endIndex - base }];
  if (!node.hasError) return [];
  return node.children.flatMap((child) => (child ? brokenSpans(child, base) : []));
}

/**
 * The narrowest place that explains an ERROR node. One on a single line is its own explanation. A longer one mostly comes
 * from a bracket that nobody closed; else from a smaller error inside of it; else its first line has to do.
 */
function trouble(node: SyntaxNode, text: string): Span {
  const whole = { start: node.startIndex, end: node.endIndex };
  const written = text.slice(whole.start, whole.end);
  if (!written.trim().includes('\n')) return whole;
  const open: SyntaxNode[] = [];
  let inner: SyntaxNode | undefined;
  for (const child of node.children) {
    if (!child) continue;
    if (!child.isNamed && closerOf(child.type)) open.push(child);
    else if (!child.isNamed && isCloser(child.type) && closerOf(open.at(-1)?.type ?? '') === child.type)
      open.pop();
    else if (child.isError) inner ??= child;
  }
  const unclosed = open.at(-1);
  if (unclosed) return { start: unclosed.startIndex, end: unclosed.endIndex };
  if (inner) return trouble(inner, text);
  const start = whole.start + written.length - written.trimStart().length;
  const lineEnd = text.indexOf('\n', start);
  return { start, end: start + text.slice(start, Math.min(lineEnd, whole.end)).trimEnd().length };
}

const relative = ({ start, end }: Span, base: number): Span => ({ start: start - base, end: end - base });
