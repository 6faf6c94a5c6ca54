// Articles as the shop lists them.

export interface Article {
  readonly id: string;
  readonly name: string;
  readonly cents: number;
}

/** The price as people read it: `12.50 EUR`. */
export function formatPrice(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

/** The article with the id; an error when there is none, since ids come from our own links. */
export function findArticle(articles: readonly Article[], id: string): Article {
  const article = articles.find((candidate) => candidate.id === id);
  if (article === undefined) throw new Error(`no article ${id}`);
  return article;
}
