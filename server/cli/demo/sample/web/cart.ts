// The cart: what a visitor has chosen, and what it comes to.
import { type Article, findArticle, formatPrice } from './articles';

export interface CartLine {
  readonly article: Article;
  readonly count: number;
}

/** The cart with one more of an article. */
export function addToCart(lines: readonly CartLine[], articles: readonly Article[], id: string): CartLine[] {
  const article = findArticle(articles, id);
  const present = lines.find((line) => line.article.id === id);
  if (present === undefined) return [...lines, { article, count: 1 }];
  return lines.map((line) => (line.article.id === id ? { article, count: line.count + 1 } : line));
}

/** What the cart comes to, in cents. */
export function cartTotal(lines: readonly CartLine[]): number {
  return lines.reduce((total, line) => total + line.article.cents * line.count, 0);
}

/** The cart as the page shows it. */
export function describeCart(lines: readonly CartLine[]): string {
  const rows = lines.map((line) => `${line.count} x ${line.article.name}: ${formatPrice(line.article.cents)}`);
  return [...rows, `total: ${formatPrice(cartTotal(lines))}`].join('\n');
}

/** The cart without an article. */
export function removeFromCart(lines: readonly CartLine[], id: string): CartLine[] {
  return lines.filter((line) => line.article.id !== id);
}
