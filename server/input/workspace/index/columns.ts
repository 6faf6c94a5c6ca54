// Named columns of numbers in one buffer, which goes to other threads and to disk as it is.

const kinds = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
export type ColumnKind = keyof typeof kinds;
type Made = { u8: Uint8Array; u16: Uint16Array; u32: Uint32Array; f64: Float64Array };
type ColumnOf<Kind extends ColumnKind> = Made[Kind];

/** The library's types name only buffers that are not shared; the constructors take both. */
const view = (
  kind: ColumnKind,
  buffer: SharedArrayBuffer,
  at: number,
  length: number,
): ColumnOf<ColumnKind> => new kinds[kind](buffer as unknown as ArrayBuffer, at, length);

/** Names of columns with their kinds, in the order in which they lie in the buffer. */
export type Layout = Readonly<Record<string, ColumnKind>>;
export type Columns<Of extends Layout> = { readonly [Name in keyof Of]: ColumnOf<Of[Name]> };
export type Values<Of extends Layout> = { readonly [Name in keyof Of]: ArrayLike<number> };

/** `VIX1`: a buffer that begins otherwise is none of ours. */
const magic = 0x31584956;
/** Columns begin at multiples of it, as the widest kind needs. */
const alignment = 8;

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** A shared buffer, so that threads hold it once. */
export function writeColumns<Of extends Layout>(layout: Of, values: Values<Of>): SharedArrayBuffer {
  const names = Object.keys(layout) as (keyof Of & string)[];
  const header = aligned(4 * (2 + names.length));
  const size = names.reduce(
    (sum, name) => sum + aligned(values[name].length * kinds[layout[name]!].BYTES_PER_ELEMENT),
    header,
  );
  const buffer = new SharedArrayBuffer(size);
  const head = new Uint32Array(buffer, 0, 2 + names.length);
  head.set([magic, names.length]);
  let at = header;
  for (const [index, name] of names.entries()) {
    const { length } = values[name];
    head[2 + index] = length;
    const column = view(layout[name]!, buffer, at, length);
    column.set(values[name]);
    at += aligned(column.byteLength);
  }
  return buffer;
}

/** @returns `undefined` for a buffer that was not written with this layout, or is cut. */
export function readColumns<Of extends Layout>(
  layout: Of,
  buffer: SharedArrayBuffer,
): Columns<Of> | undefined {
  const names = Object.keys(layout) as (keyof Of & string)[];
  const header = aligned(4 * (2 + names.length));
  if (buffer.byteLength < header) return undefined;
  const head = new Uint32Array(buffer, 0, 2 + names.length);
  if (head[0] !== magic || head[1] !== names.length) return undefined;
  const columns: Record<string, ColumnOf<ColumnKind>> = {};
  let at = header;
  for (const [index, name] of names.entries()) {
    const length = head[2 + index]!;
    const bytes = length * kinds[layout[name]!].BYTES_PER_ELEMENT;
    if (at + bytes > buffer.byteLength) return undefined;
    columns[name] = view(layout[name]!, buffer, at, length);
    at += aligned(bytes);
  }
  return at === buffer.byteLength ? (columns as Columns<Of>) : undefined;
}
