// What was made of the text of a file, kept as long as the file has that text.

/**
 * @param limit files kept; all are dropped when there are more.
 * @returns `make`, which is called once for each text of a path.
 */
export function rememberByText<Made>(
  limit: number,
  make: (text: string) => Made,
): (path: string, text: string) => Made {
  const known = new Map<string, { readonly text: string; readonly made: Made }>();
  return (path, text) => {
    const before = known.get(path);
    if (before?.text === text) return before.made;
    if (known.size >= limit) known.clear();
    const made = make(text);
    known.set(path, { text, made });
    return made;
  };
}
