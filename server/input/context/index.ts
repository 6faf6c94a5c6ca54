// The door of the context room: what of the project belongs into the prompt, best first.
import { Cancelled, limitRun, type Run } from '../../core/run.ts';
import { overlaps } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { diagnostics } from './diagnostics.ts';
import { followAhead, importedDefinitions } from './imported-definitions.ts';
import { inherited } from './inherited.ts';
import { maxSnippets, sourceMs } from './limits.ts';
import { readNearby } from './nearby.ts';
import { ownScope } from './own-scope.ts';
import { packageVersions } from './package-versions.ts';
import { recentPlaces } from './recent-places.ts';
import { similar } from './similar.ts';
import type { ContextQuestion, Source } from './source.ts';
import { typesInPlay } from './types-in-play.ts';
import { uncommittedChanges } from './uncommitted.ts';
import { callers, tests } from './usages.ts';

export { createRecentPlaces, type RecentPlaces } from './recent-places.ts';
export type { ContextQuestion, DiagnosticNote } from './source.ts';
export { createUncommitted, type Uncommitted } from './uncommitted.ts';
export { followAhead };

/** Where two sources have the same piece, the better score counts, and with equal ones the first source’s. */
const sources: readonly (readonly [name: string, source: Source])[] = [
  ['own-scope', ownScope],
  ['types-in-play', typesInPlay],
  ['inherited', inherited],
  ['imported-definitions', importedDefinitions],
  ['callers', callers],
  ['tests', tests],
  ['similar', similar],
  ['recent-places', recentPlaces],
  ['uncommitted', uncommittedChanges],
  ['diagnostics', diagnostics],
  ['package-versions', packageVersions],
];

/**
 * Evidence for a prompt about a place, best first. Each source has its time (`sourceMs`); one that fails or takes longer
 * costs a log line. Texts are code as it is written, cut to what a reader needs. Nothing comes from a file that git ignores
 * or `privacy.exclude` names, other than the document itself; whether that may be shown to a model is for the caller to
 * know.
 * @throws the abort reason when the run has ended.
 */
export async function gather(run: Run, question: ContextQuestion): Promise<readonly Snippet[]> {
  run.signal.throwIfAborted();
  const nearby = readNearby(question);
  using limited = limitRun(run, sourceMs[question.purpose]);
  const found = await Promise.all(
    sources.map(async ([name, source]) => {
      try {
        return await orEnd(limited, source(limited, question, nearby));
      } catch (error) {
        run.signal.throwIfAborted();
        const late = error instanceof Cancelled && error.reason === 'timeout';
        if (late) run.log('debug', `context/${name} took longer than ${sourceMs[question.purpose]} ms`);
        else run.log('error', `context/${name} failed: ${told(error)}`);
        return [];
      }
    }),
  );
  return distinct(found.flat()).slice(0, maxSnippets);
}

/** Best first, without what a better one says already. */
function distinct(snippets: readonly Snippet[]): Snippet[] {
  const kept = new Map<string, Snippet[]>();
  return [...snippets]
    .sort((a, b) => b.score - a.score)
    .filter((snippet) => {
      if (snippet.text.trim() === '') return false;
      const known = kept.get(snippet.path) ?? [];
      if (known.some((better) => says(better, snippet))) return false;
      kept.set(snippet.path, [...known, snippet]);
      return true;
    });
}

/** The same text, the same declaration with more or less of it, or lines of the same place that all stand there. */
const says = (better: Snippet, other: Snippet): boolean =>
  better.text.includes(other.text.trim()) ||
  (overlaps(better.span, other.span) &&
    (headOf(better.text) === headOf(other.text) || hasLines(better.text, other.text)));

/** Lines of a difference have marks before them: what was added stands in a text, what went does not. */
function hasLines(text: string, other: string): boolean {
  const known = new Set(text.split('\n').map((line) => line.trim()));
  const lines = other.split('\n').filter((line) => /[^\s+]/.test(line));
  return lines.every((line) => known.has(line.trim()) || known.has(line.replace(/^\+/, '').trim()));
}

const headOf = (text: string): string => text.split(/[({:\n]/, 1)[0]!.trimEnd();

/** The answer, or the run's abort reason when that comes first; what is under way then is left to itself. */
function orEnd<T>({ signal }: Run, answer: T | Promise<T>): T | Promise<T> {
  if (!(answer instanceof Promise)) return answer;
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const told = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
