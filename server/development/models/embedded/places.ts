// Places of a token list, three bytes each: there are two such lists for all that is learned, and they are most of its
// memory.

/** Tokens of one list: more have no place in three bytes. */
export const maxPlaces = 1 << 24;

export interface Places {
  readonly low: Uint16Array;
  readonly high: Uint8Array;
}

export const createPlaces = (length: number): Places => ({
  low: new Uint16Array(length),
  high: new Uint8Array(length),
});

export const placeAt = ({ low, high }: Places, index: number): number => low[index]! | (high[index]! << 16);

export function setPlace({ low, high }: Places, index: number, place: number): void {
  low[index] = place;
  high[index] = place >> 16;
}
