// The rules that keep secrets out of prompts, for the check that judges code by them.
import type { FoundSecret } from '../../core/project.ts';
import type { Run } from '../../core/run.ts';
import { type Finder, loadFinder } from '../../input/privacy/index.ts';
import { remembering } from './searched.ts';

let loading: Promise<Finder> | undefined;

/** Loaded once in a process. @returns `undefined`, with a line in the log, when the rules cannot be loaded. */
export async function secretSearch(
  log: Run['log'],
): Promise<((text: string) => readonly FoundSecret[]) | undefined> {
  loading ??= loadFinder().then(remembering);
  try {
    const find = await loading;
    return (text) => [...find(text)];
  } catch (error) {
    loading = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    log('error', `Secrets in code are not looked for: their rules cannot be loaded (${reason})`);
    return undefined;
  }
}
