// What a function of examples says that it prints.

const outputMark = /^\s*(?:\/\/|#)\s*(Unordered output|Output):\s*(.*)$/i;

/** What a function of examples says it prints, as comments at the end of its body: `// Output: 3`. */
export function readOutput(body: string): { readonly text: string; readonly ordered: boolean } | undefined {
  const lines = body.split(/\r?\n/);
  const first = lines.findLastIndex((line) => outputMark.test(line));
  const mark = first < 0 ? null : outputMark.exec(lines[first]!);
  if (!mark) return undefined;
  const shown = [mark[2]!];
  for (const line of lines.slice(first + 1)) {
    const comment = /^\s*(?:\/\/|#) ?(.*)$/.exec(line);
    if (comment) shown.push(comment[1]!);
    else if (line.trim() !== '' && !/^\s*\}\s*$/.test(line)) return undefined;
  }
  return { text: shown.join('\n').trim(), ordered: !/^unordered/i.test(mark[1]!) };
}
