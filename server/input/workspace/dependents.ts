// Files whose code may not fit any more when a piece of another file is written anew: those that call what it declares, and
// those that import the file.
import { dirname } from 'node:path';
import type { FileFacts } from '../../core/facts.ts';
import type { Run } from '../../core/run.ts';
import { overlaps, type Span } from '../../core/span.ts';
import type { WorkspaceIndex } from './workspace-index.ts';

/** Declarations of one piece whose callers are looked for. */
const maximumNames = 10;
/** Calls and importers that are looked at, of which few are told: a name may be called all over a project. */
const looked = 200;
/** Each of them is judged again for each candidate. */
const told = 10;

/**
 * Absolute paths: first those that import the file, or lie beside it, and call a name; then others that import it, then
 * others that call one. It errs on the side of too many, since whoever judges them knows better.
 * @throws the abort reason when the run ends.
 */
export async function dependentsOf(
  run: Run,
  index: WorkspaceIndex,
  path: string,
  facts: FileFacts,
  span: Span,
): Promise<readonly string[]> {
  const names = new Set(
    facts.symbols.flatMap((symbol) => (overlaps(symbol.span, span) ? [symbol.name] : [])),
  );
  const calls = await Promise.all(
    [...names].slice(0, maximumNames).map((name) => index.callers(run, name, path, looked)),
  );
  const callers = new Set(calls.flat().map((use) => use.path));
  const importers = await index.importers(run, path, looked);
  const near = (caller: string): boolean => importers.includes(caller) || dirname(caller) === dirname(path);
  const ordered = [...[...callers].filter(near), ...importers, ...callers];
  return [...new Set(ordered)].filter((each) => each !== path).slice(0, told);
}
