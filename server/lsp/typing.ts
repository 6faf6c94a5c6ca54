// Which documents are being typed in: a protocol's "invoked" completion may be the first letter of a word.

/**
 * Milliseconds after a change in which a completion belongs to the typing: editors ask at once after a key, some of them
 * after a pause of up to 250 ms; a hand that has typed takes longer to reach the key that asks.
 */
export const TYPING = 300;

export interface Typing {
  changed(uri: string): void;
  closed(uri: string): void;
  /** Whether the document's last change was made just now. */
  goesOn(uri: string): boolean;
}

/** @param now milliseconds of a monotonic clock. */
export function createTyping(now: () => number): Typing {
  const lastChange = new Map<string, number>();
  return {
    changed: (uri) => void lastChange.set(uri, now()),
    closed: (uri) => void lastChange.delete(uri),
    goesOn: (uri) => now() - (lastChange.get(uri) ?? Number.NEGATIVE_INFINITY) < TYPING,
  };
}
