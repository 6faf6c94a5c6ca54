// Going through the children of a root, which in a long file are too many to touch all of them at each edit.
import type { SyntaxNode } from './engine.ts';

interface Linked extends SyntaxNode {
  readonly children: readonly (Linked | null)[];
  readonly nextSibling: Linked | null;
  firstChildForIndex(index: number): Linked | null;
}

/**
 * Makes a visitor: nodes in order, from one that ends at `index` or the first after it, as long as `visit` says `true`.
 * Who starts at the beginning wants all, and gets them from a list; who starts further on wants a few.
 */
export function topLevelVisitor(root: Linked): (index: number, visit: (node: SyntaxNode) => boolean) => void {
  let all: readonly (Linked | null)[] | undefined;
  return (index, visit) => {
    if (index === 0) all ??= root.children;
    if (all) visitListed(all, index, visit);
    else for (let node = root.firstChildForIndex(index); node && visit(node); node = node.nextSibling);
  };
}

function visitListed(
  nodes: readonly (SyntaxNode | null)[],
  index: number,
  visit: (node: SyntaxNode) => boolean,
): void {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.endIndex < index) low = middle + 1;
    else high = middle;
  }
  while (low < nodes.length && visit(nodes[low]!)) low++;
}
