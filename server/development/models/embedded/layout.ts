// Line breaks as tokens: how the indentation changes rather than what it is, so that code reads the same at every depth.

/** The break between two lines of code: whether blank lines lie between, and how the indentation changes. */
export type Break =
  | { readonly blank: boolean; readonly change: 'same' }
  | { readonly blank: boolean; readonly change: 'deeper'; readonly added: string }
  | { readonly blank: boolean; readonly change: 'shallower'; readonly removed: number }
  /** Tabs and spaces mixed: the new indentation as it stands. */
  | { readonly blank: boolean; readonly change: 'other'; readonly indentation: string };

/** A break as a piece of the vocabulary: `\n`, doubled when blank lines lie between, and the change. */
export function breakPiece(before: string, after: string, blank: boolean): string {
  const start = blank ? '\n\n' : '\n';
  if (after === before) return start;
  if (after.startsWith(before)) return `${start}+${after.slice(before.length)}`;
  if (before.startsWith(after)) return `${start}-${before.length - after.length}`;
  return `${start}=${after}`;
}

export function readBreak(piece: string): Break {
  const blank = piece.startsWith('\n\n');
  const change = piece.slice(blank ? 2 : 1);
  if (change === '') return { blank, change: 'same' };
  const rest = change.slice(1);
  if (change[0] === '+') return { blank, change: 'deeper', added: rest };
  if (change[0] === '-') return { blank, change: 'shallower', removed: Number(rest) };
  return { blank, change: 'other', indentation: rest };
}

/** The indentation after a break, where `before` is that of the line it ends; `undefined` where it cannot follow. */
export function indentationAfter(piece: string, before: string): string | undefined {
  const read = readBreak(piece);
  if (read.change === 'same') return before;
  if (read.change === 'deeper') return before + read.added;
  if (read.change === 'other') return read.indentation;
  return read.removed <= before.length ? before.slice(0, before.length - read.removed) : undefined;
}
