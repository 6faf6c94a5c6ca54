// A query with the outermost node of each pattern captured, so that it is known of a match which changes of a tree it can
// depend on: those that its outermost nodes touch.

/** What the outermost nodes are captured as where the query does not capture them itself. */
export const rootCapture = '_root';

/**
 * Patterns keep their order and their captures.
 * @param source as in a `.scm` file.
 */
export function withRoots(source: string): string {
  let out = '';
  let copied = 0;
  const reader = { source, at: 0 };
  for (const end of outermost(reader, false)) {
    out += `${source.slice(copied, end)} @${rootCapture}`;
    copied = end;
  }
  return out + source.slice(copied);
}

interface Reader {
  readonly source: string;
  at: number;
}

/** Ends of the outermost nodes that are not captured, from here on; in a group up to the bracket that closes it. */
function* outermost(reader: Reader, inGroup: boolean): Generator<number> {
  for (skipBlank(reader); reader.at < reader.source.length; skipBlank(reader)) {
    const { source } = reader;
    if (inGroup && source[reader.at] === ')') {
      reader.at++;
      return;
    }
    const isPredicate = source.startsWith('(#', reader.at);
    const inner = { source, at: reader.at + 1 };
    skipBlank(inner);
    if (source[reader.at] === '(' && !isPredicate && /[([".]/.test(source[inner.at] ?? '')) {
      reader.at = inner.at;
      yield* outermost(reader, true);
      skipMarks(reader);
      continue;
    }
    skipNode(reader);
    const { end, isCaptured } = skipMarks(reader);
    if (!isCaptured && !isPredicate && source[end - 1] !== '.') yield end;
  }
}

/** Quantifier and captures of what stands before. */
function skipMarks(reader: Reader): { end: number; isCaptured: boolean } {
  const marks = /^[*+?]?/.exec(reader.source.slice(reader.at))!;
  reader.at += marks[0].length;
  const end = reader.at;
  let isCaptured = false;
  for (;;) {
    const capture = /^\s*@[\w.-]+/.exec(reader.source.slice(reader.at, reader.at + 200));
    if (!capture) return { end, isCaptured };
    isCaptured = true;
    reader.at += capture[0].length;
  }
}

function skipNode(reader: Reader): void {
  const { source } = reader;
  let depth = 0;
  do {
    skipBlank(reader);
    const unit = source[reader.at] ?? '';
    if (unit === '"') skipText(reader);
    else if (unit === '(' || unit === '[' || unit === ')' || unit === ']') {
      depth += unit === '(' || unit === '[' ? 1 : -1;
      reader.at++;
    } else
      reader.at += Math.max(
        1,
        /^[^\s()[\]";@*+?]*/.exec(source.slice(reader.at, reader.at + 200))![0].length,
      );
  } while (depth > 0 && reader.at < source.length);
}

function skipText(reader: Reader): void {
  const { source } = reader;
  for (reader.at++; reader.at < source.length && source[reader.at] !== '"'; reader.at++)
    if (source[reader.at] === '\\') reader.at++;
  reader.at++;
}

function skipBlank(reader: Reader): void {
  const blank = /(?:\s|;[^\n]*)*/y;
  blank.lastIndex = reader.at;
  reader.at += blank.exec(reader.source)![0].length;
}
