// package.json: what it depends on, and the edit that adds to it.
import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser';
import { type Edit, span } from '../../../../core/span.ts';
import type { Dependency } from '../ecosystem.ts';
import { table, text } from './text.ts';

export interface PackageManifest {
  readonly name?: string;
  readonly dependencies: readonly Dependency[];
  /** Package to the path of the module that a bundler or resolver puts in place of it, and the like. */
  readonly imports: readonly string[];
}

const lists = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/** `undefined` for a file with syntax errors. */
export function readPackageManifest(source: string): PackageManifest | undefined {
  const errors: ParseError[] = [];
  const root = table(parse(source, errors, { allowTrailingComma: true }));
  if (errors.length > 0) return undefined;
  const name = text(root.name);
  return {
    ...(name !== undefined && { name }),
    dependencies: lists.flatMap((list) =>
      Object.entries(table(root[list])).map(([each, range]) => ({
        name: each,
        ...(typeof range === 'string' && { version: range }),
      })),
    ),
    imports: Object.keys(table(root.imports)),
  };
}

/** In the order of names where the list keeps it; with the file's own indentation. */
export function declareInPackageManifest(source: string, name: string, version?: string): Edit | undefined {
  const edits = modify(source, ['dependencies', name], version === undefined ? '*' : `^${version}`, {
    formattingOptions: {
      insertSpaces: !/^\t/m.test(source),
      tabSize: /^( +)"/m.exec(source)?.[1]?.length ?? 2,
      eol: source.includes('\r\n') ? '\r\n' : '\n',
    },
    getInsertionIndex: (names) => {
      const ordered = names.every((each, index) => index === 0 || names[index - 1]! <= each);
      const at = ordered ? names.findIndex((each) => each > name) : -1;
      return at < 0 ? names.length : at;
    },
  });
  const [only] = edits;
  if (only && edits.length === 1) {
    return { span: span(only.offset, only.offset + only.length), newText: only.content };
  }
  // Several edits are told as one, over all of the text.
  return edits.length === 0
    ? undefined
    : { span: span(0, source.length), newText: applyEdits(source, edits) };
}
