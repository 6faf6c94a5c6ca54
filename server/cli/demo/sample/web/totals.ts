// Figures about a cart, for the foot of the page.
import type { CartLine } from './cart';

/** How many pieces are in the cart. */
export function countPieces(lines: readonly CartLine[]): number {
  return lines.reduce((total, line) => total + line.count, 0);
}

/** What the cart comes to before shipping, in cents. */
export function subtotal(lines: readonly CartLine[]): number {
  return lines.reduce((total, line) => total + line.article.cents * line.count, 0);
}

/** What shipping costs, in cents: nothing from fifty euros on. */
export function shipping(lines: readonly CartLine[]): number {
  return subtotal(lines) >= 5000 ? 0 : 490;
}

/** The dearest article in the cart, in cents; 0 for an empty one. */
export function dearest(lines: readonly CartLine[]): number {
  return lines.reduce((highest, line) => Math.max(highest, line.article.cents), 0);
}
