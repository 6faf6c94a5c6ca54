// Small text archives: prose, then parts that begin with a line `-- NAME --`. After the format of Go's txtar.

export interface Archive {
  readonly comment: string;
  readonly parts: readonly { readonly name: string; readonly text: string }[];
}

export function parseArchive(source: string): Archive {
  const [comment = '', ...rest] = source.split(/^-- (.+) --\n/m);
  const parts: { name: string; text: string }[] = [];
  for (let at = 0; at < rest.length; at += 2) parts.push({ name: rest[at]!, text: rest[at + 1] ?? '' });
  return { comment, parts };
}

/** The text without its `$0` and where that stood; at the end when there is none. */
export function takeCursor(text: string): { text: string; offset: number } {
  const offset = text.indexOf('$0');
  return offset < 0 ? { text, offset: text.length } : { text: text.replace('$0', ''), offset };
}
