// Which of many places are nearest to one: by the folders that both paths share.

/** Folders from one path to the other; 0 for files of one folder, -1 for the file itself. */
export function distance(from: string, to: string): number {
  if (from === to) return -1;
  let shared = 0;
  const { length } = from;
  for (let at = 0; at < length && from.charCodeAt(at) === to.charCodeAt(at); at++) {
    const unit = from.charCodeAt(at);
    if (unit === 47 || unit === 92) shared = at + 1;
  }
  return steps(from, shared) + steps(to, shared);
}

function steps(path: string, from: number): number {
  let count = 0;
  for (let at = from; at < path.length; at++) {
    const unit = path.charCodeAt(at);
    if (unit === 47 || unit === 92) count++;
  }
  return count;
}

/** The nearest ones first; among equals the order stays. */
export function nearest<Item>(
  items: readonly Item[],
  pathOf: (item: Item) => string,
  near: string,
  limit: number,
): Item[] {
  // Many of the items are often in one file.
  const known = new Map<string, number>();
  const rated = items.map((item, index) => {
    const path = pathOf(item);
    const away = known.get(path) ?? distance(near, path);
    known.set(path, away);
    return { item, index, away };
  });
  rated.sort((a, b) => a.away - b.away || a.index - b.index);
  return rated.slice(0, limit).map(({ item }) => item);
}
