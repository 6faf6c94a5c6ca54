// Captures of blocks.scm → functions, classes and statement blocks.
import type { BlockFact } from '../../core/facts.ts';
import { insideOf } from './braces.ts';
import { captureNamed, type Match } from './captures.ts';

export function readBlocks(matches: readonly Match[], text: string): BlockFact[] {
  const byBody = new Map<number, BlockFact>();
  for (const match of matches) {
    const block = captureNamed(match, 'block');
    const body = captureNamed(match, 'body');
    if (block && body) {
      byBody.set(body.span.start, { span: block.span, body: insideOf(text, body.span) });
    }
  }
  return [...byBody.values()];
}

/** Those around `offset`, innermost first. A block that ends at it still counts: there one goes on writing. */
export const blocksAround = (blocks: readonly BlockFact[], offset: number): BlockFact[] =>
  blocks
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => b.span.start - a.span.start || a.span.end - b.span.end);
