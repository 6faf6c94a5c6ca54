// What a module whose exports are marked by a keyword offers to others, read from its text with the help of its facts.
import type { Binding } from '../../../core/facts.ts';
import type { Span } from '../../../core/span.ts';
import type { Exports, ParsedText } from './scheme.ts';

const modifiers = '(?:(?:declare|abstract|async)\\s+)*';
const declaration = new RegExp(
  `^${modifiers}(?:const\\s+enum|function\\s*\\*?|class|interface|type|enum|namespace|module)\\s*([\\p{ID_Start}$_][\\p{ID_Continue}$]*)`,
  'u',
);
const variables = /^(?:declare\s+)?(?:const|let|var)\b/;
const list = /^(?:type\s+)?\{([^}]*)\}/;
const star = /^(?:type\s+)?\*\s*(?:as\s+("[^"]*"|'[^']*'|[\p{ID_Start}$_][\p{ID_Continue}$]*))?/u;

// Exports that are values at run time, which no keyword shows.
const assignsExports =
  /\bmodule\.exports\b|\bexports\.[\w$]+\s*=|\bexport\s*=|\bObject\.defineProperty\(exports\b/;

/** `undefined` where exports are assigned, or written in a way that is not understood. */
export function exportsOf({ text, facts }: ParsedText): Exports | undefined {
  if (assignsExports.test(text)) return undefined;
  const names: Binding[] = [];
  const quiet = [...facts.comments.map(({ span }) => span), ...facts.strings].sort(
    (a, b) => a.start - b.start,
  );
  const starts = exportKeywords(text, quiet);
  for (const [index, at] of starts.entries()) {
    const end = starts[index + 1] ?? text.length;
    const found = readExport(text, at, end, facts.topLevel);
    if (!found) return undefined;
    names.push(...found);
  }
  const handedOn = facts.imports
    .filter(
      ({ wildcard, span }) =>
        wildcard && /^export\s+(?:type\s+)?\*\s*from\b/.test(text.slice(span.start, span.end)),
    )
    .map(({ module }) => module);
  return { names, handedOn };
}

/** Offsets just behind each `export` that begins a line and is no part of a comment or a string. */
function exportKeywords(text: string, quiet: readonly Span[]): number[] {
  const found: number[] = [];
  let next = 0;
  for (const match of text.matchAll(/^export\b\s*/gm)) {
    while (next < quiet.length && quiet[next]!.end <= match.index) next++;
    if (next < quiet.length && quiet[next]!.start <= match.index) continue;
    found.push(match.index + match[0].length);
  }
  return found;
}

function readExport(
  text: string,
  at: number,
  end: number,
  topLevel: readonly Binding[],
): Binding[] | undefined {
  const rest = text.slice(at, end);
  const bound = (name: string): Binding => ({
    name,
    span: { start: at, end: at },
    kind: topLevel.find((binding) => binding.name === name)?.kind ?? 'variable',
  });
  if (/^default\b/.test(rest)) return [bound('default')];
  const declared = declaration.exec(rest)?.[1];
  if (declared !== undefined)
    return topLevel
      .filter(({ name }) => name === declared)
      .slice(0, 1)
      .concat(topLevel.some(({ name }) => name === declared) ? [] : [bound(declared)]);
  if (variables.test(rest)) {
    // Patterns and lists of declarators: all that is bound before the first line that begins a statement of its own.
    const statement = at + (/\n(?=[^\s}\])])/.exec(rest)?.index ?? rest.length);
    return topLevel.filter(
      ({ span, kind }) => kind === 'variable' && span.start >= at && span.start < statement,
    );
  }
  const listed = list.exec(rest)?.[1];
  if (listed !== undefined) {
    return listed
      .replace(/\/\*.*?\*\/|\/\/.*$/gms, '')
      .split(',')
      .map((each) => each.trim().replace(/^type\s+(?=\S)/, ''))
      .filter((each) => each !== '')
      .map((each) => bound(each.split(/\s+as\s+/).at(-1)!));
  }
  const starred = star.exec(rest);
  if (starred) return starred[1] === undefined ? [] : [bound(starred[1])];
  // `export import a = b`, `export as namespace x`: rare, and not worth a guess.
  return undefined;
}
