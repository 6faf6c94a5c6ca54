// Where a tree is broken: ERROR and MISSING nodes as facts, with a span that points at the trouble.
import type { SyntaxErrorFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { closerOf } from './braces.ts';
import type { ParsedText } from './chunk-facts.ts';
import type { SyntaxNode } from './engine.ts';
import { maxTreeDepth } from './limits.ts';

/**
 * Errors in and below a node, in order. Sound subtrees are passed over.
 * @param text of the whole file.
 */
export function readErrors(node: SyntaxNode, text: string, depth = 0): SyntaxErrorFact[] {
  if (node.isMissing) {
    const at = node.startIndex;
    return [{ span: { start: at, end: at }, kind: 'missing', expected: node.type }];
  }
  if (node.isError) return [trouble(node, text)];
  if (!node.hasError) return [];
  // Where it exactly is does not matter that deep down, and the stack has an end.
  if (depth > maxTreeDepth) return [{ span: spanOf(node), kind: 'error' }];
  const inside = node.children.flatMap((child) => (child ? readErrors(child, text, depth + 1) : []));
  return inside.length > 0 ? inside : [{ span: separation(node, text), kind: 'missing' }];
}

/**
 * Where something is missing that no node stands for, which is what ends a statement: between two that one line has,
 * else at the end of them.
 */
function separation(node: SyntaxNode, text: string): Span {
  const parts = node.children.flatMap((child) => (child?.isNamed ? spanOf(child) : []));
  const next = parts.find(
    ({ start }, index) => index > 0 && !/[\n;]/.test(text.slice(parts[index - 1]!.end, start)),
  );
  const place = next?.start ?? spanOf(node).end;
  return { start: place, end: place };
}

/**
 * Errors that no top-level node stands for: the parser made nothing of the whole file, or misses something between two of
 * its statements.
 * @param inside those that were found in its top-level nodes.
 */
export function rootErrors(
  { tree, text }: ParsedText,
  inside: readonly SyntaxErrorFact[],
): SyntaxErrorFact[] {
  if (tree.root.isError) return [trouble(tree.root, text)];
  return inside.length > 0 ? [] : [{ span: separation(tree.root, text), kind: 'missing' }];
}

/** Spans of broken nodes whole, in which nothing that was read is certain. */
export function brokenSpans(node: SyntaxNode): Span[] {
  if (node.isError || node.isMissing) return [spanOf(node)];
  if (!node.hasError) return [];
  return node.children.flatMap((child) => (child ? brokenSpans(child) : []));
}

/**
 * The narrowest place that explains an ERROR node. One on a single line is its own explanation. A longer one mostly comes
 * from a bracket that nobody closed; else from a smaller error inside of it; else its first line has to do.
 */
function trouble(node: SyntaxNode, text: string): SyntaxErrorFact {
  const whole = spanOf(node);
  const written = text.slice(whole.start, whole.end);
  if (!written.trim().includes('\n')) return { span: whole, kind: 'error' };
  const open: SyntaxNode[] = [];
  let inner: SyntaxNode | undefined;
  for (const child of node.children) {
    if (!child) continue;
    if (child.isError) inner ??= child;
    else if (child.isNamed) continue;
    else if (closerOf(child.type)) open.push(child);
    else if (closerOf(open.at(-1)?.type ?? '') === child.type) open.pop();
  }
  const unclosed = open.at(-1);
  if (unclosed) return { span: spanOf(unclosed), kind: 'error' };
  if (inner) return trouble(inner, text);
  const start = whole.end - written.trimStart().length;
  const lineEnd = text.indexOf('\n', start);
  const end = start + text.slice(start, lineEnd).trimEnd().length;
  return { span: { start, end }, kind: 'error', vague: true };
}

const spanOf = ({ startIndex, endIndex }: SyntaxNode): Span => ({ start: startIndex, end: endIndex });
