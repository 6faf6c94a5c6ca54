// Tables of calls or arguments with their results.
import { span } from '../span.ts';
import { readCall } from './call.ts';
import { type Example, type ExampleSubject, type Found, type Lines, moved } from './example.ts';

const cells = (line: string): readonly string[] | undefined => {
  const trimmed = line.trim();
  if (!/^\|.*\|$/.test(trimmed)) return undefined;
  return trimmed
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
};

const resultColumn = /^(?:results?|returns?|outputs?|expected|→|=>)$/i;

/** A table of calls and results, or one whose columns are the parameters. */
export function readTable(lines: Lines, first: number, subject?: ExampleSubject): Found | undefined {
  const header = cells(lines[first]!.text);
  if (!header || header.length < 2 || !/^\s*\|[\s:|-]+\|\s*$/.test(lines[first + 1]?.text ?? ''))
    return undefined;
  const examples: Example[] = [];
  const names = header.map((name) => unquoted(name));
  const byParameter =
    subject !== undefined &&
    resultColumn.test(names.at(-1)!) &&
    names.slice(0, -1).every((name) => subject.parameters.includes(name));
  let next = first + 2;
  for (let row = cells(lines[next]?.text ?? ''); row; row = cells(lines[next]?.text ?? '')) {
    const { text, start } = lines[next]!;
    next++;
    if (row.length !== header.length) continue;
    const whole = span(start, start + text.length);
    const expected = unquoted(row.at(-1)!);
    if (byParameter) {
      const values = row.slice(0, -1).map(unquoted);
      const code = `${subject.name}(${values.join(', ')})`;
      const call = readCall(code, 0);
      if (call)
        examples.push({
          form: 'table',
          span: whole,
          code,
          expected,
          call: { ...call, span: whole, nameSpan: whole },
        });
      continue;
    }
    const cell = unquoted(row[0]!);
    const offset = text.indexOf(cell);
    const call = readCall(cell, 0);
    if (call && call.span.end === cell.length && offset >= 0) {
      examples.push({ form: 'table', span: whole, code: cell, expected, call: moved(call, start + offset) });
    }
  }
  return { examples, next };
}

const unquoted = (cell: string): string => {
  const match = /^(`+)(.*)\1$/.exec(cell.trim());
  return (match?.[2] ?? cell).trim();
};
