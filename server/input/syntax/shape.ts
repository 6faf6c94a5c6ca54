// Whether a tree has the shape of source, or one on which queries take minutes: what a query does at a node takes as long as
// the way up from there, or as the list of nodes that the parser could not put in order.
import type { SyntaxNode } from './engine.ts';
import { maxLooseNodes, maxTreeDepth } from './limits.ts';

/**
 * Follows the heaviest child, level by level: what nests too deep has its nodes in one branch. Costs some dozen steps in code
 * that people write.
 */
export function isOverloaded(node: SyntaxNode): boolean {
  let at: SyntaxNode | undefined = node;
  for (let depth = 0; at; depth++) {
    if (depth > maxTreeDepth || isLoose(at)) return true;
    // A node is the first of its own descendants.
    if (at.descendantCount <= Math.min(maxTreeDepth - depth, maxLooseNodes)) return false;
    at = heaviest(at.children);
  }
  return false;
}

/** Whether it is a list of what the parser made nothing of, too long for queries. */
export const isLoose = ({ isError, childCount }: SyntaxNode): boolean =>
  isError && childCount > maxLooseNodes;

function heaviest(nodes: readonly (SyntaxNode | null)[]): SyntaxNode | undefined {
  let best: SyntaxNode | undefined;
  let most = 1;
  for (const node of nodes) {
    const count = node?.descendantCount ?? 0;
    if (count <= most) continue;
    best = node!;
    most = count;
  }
  return best;
}
