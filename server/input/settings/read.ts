// From a file or a client's message to a layer: JSON with comments, tolerant of slips, which are told with their lines.
import { readFile, stat } from 'node:fs/promises';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { lineAt, lineStarts } from '../../core/lines.ts';
import { isTree, type ReadLayer, type Tree } from './layer.ts';
import type { Origin, SettingsProblem } from './problem.ts';
import { validateLayer } from './validate.ts';

/** A settings file beyond this is none. */
const maximumFileBytes = 1_000_000;

/** The one key beside the settings that a file may have: it names the schema to editors. */
const schemaKey = '$schema';

/**
 * @returns the file's layer; `undefined` when there is no such file. What is wrong with it is in the problems, and
 * what is right in it stays in force.
 */
export async function readSettingsFile(
  kind: 'user' | 'project',
  path: string,
): Promise<ReadLayer | undefined> {
  const origin: Origin = { kind, path };
  let text: string;
  try {
    const found = await stat(path);
    // A pipe would be waited for without end.
    if (!found.isFile()) return unreadable(origin, 'is not a file and was not read');
    if (found.size > maximumFileBytes) {
      return unreadable(origin, `is larger than ${maximumFileBytes} bytes and was not read`);
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return unreadable(origin, `cannot be read (${code ?? message})`);
  }
  return readSettingsText(origin, text);
}

/** The same for a text; public for the tests and for checking a text before it is written. */
export function readSettingsText(origin: Origin, fileText: string): ReadLayer {
  const text = fileText.replace(/^\uFEFF/, '');
  const starts = lineStarts(text);
  const lineOf = (offset: number): number => lineAt(starts, offset) + 1;
  if (text.trim() === '') return { layer: { origin, value: {}, line: () => undefined }, problems: [] };

  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const problems: SettingsProblem[] = errors.map(({ error, offset }) => ({
    kind: 'syntax',
    origin,
    line: lineOf(offset),
    message: `not valid JSON here: ${printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()}`,
  }));
  const line = (path: readonly (string | number)[]): number | undefined => {
    const node = tree && nearestNode(tree, path);
    return node && lineOf(node.offset);
  };
  const whole: unknown = tree && getNodeValue(tree);
  if (!isTree(whole)) {
    if (problems.length === 0)
      problems.push({ kind: 'invalid', origin, line: 1, message: 'must be an object: { … }' });
    return { layer: { origin, value: {}, line }, problems };
  }
  const { [schemaKey]: _, ...value } = whole;
  const validated = validateLayer({ origin, value, line });
  return { layer: validated.layer, problems: [...problems, ...validated.problems] };
}

/** The key at the path, or the innermost one around it that the text has. */
function nearestNode(tree: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.parent?.type === 'property' ? node.parent : node;
  }
  return tree;
}

/**
 * The value that a client sent: initializationOptions, an answer to workspace/configuration, or the settings of
 * didChangeConfiguration, with the section around it or without.
 */
export function readClientSettings(sent: unknown): ReadLayer {
  const origin: Origin = { kind: 'client' };
  const line = (): undefined => undefined;
  const value = dropEmpty(isTree(sent) && isTree(sent.vouch) ? sent.vouch : sent);
  if (value === undefined) return { layer: { origin, value: {}, line }, problems: [] };
  if (!isTree(value)) {
    return {
      layer: { origin, value: {}, line },
      problems: [{ kind: 'invalid', origin, message: 'the section "vouch" must be an object' }],
    };
  }
  return validateLayer({ origin, value, line });
}

/** Clients say "not set" by null, and those that are written in Lua or Lisp send an empty object as an empty list. */
function dropEmpty(value: unknown): unknown {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
      const kept = dropEmpty(item);
      return kept === undefined ? [] : [[key, kept]];
    }),
  ) satisfies Tree;
}

const unreadable = (origin: Origin, message: string): ReadLayer => ({
  layer: { origin, value: {}, line: () => undefined },
  problems: [{ kind: 'unreadable', origin, message }],
});
