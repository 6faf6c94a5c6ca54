// A team's index behind the interface that the embedded one has: what the local index knows comes first, and the server is
// asked for what it leaves open. A server that is slow or gone costs one log line and never an answer.
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Run } from '../../../core/run.ts';
import { isInside } from '../ignore.ts';
import { modulesOf, type Resolve } from '../index/index.ts';
import { nearest } from '../index/near.ts';
import { isTestPath } from '../test-path.ts';
import type { IndexedSymbol, WorkspaceIndex } from '../workspace-index.ts';
import { checkoutAt, type IndexAddress, shownAddress } from './address.ts';
import { connect } from './connection.ts';
import { createFreshness } from './fresh.ts';
import { answerMs, restMs } from './limits.ts';
import { type ImportRow, questionsTo, type ServerQuestions, type SymbolRow } from './questions.ts';

export { type IndexAddress, shownAddress } from './address.ts';
export { type Filled, fillIndex } from './fill.ts';
export { lookAtIndex } from './look.ts';

export interface SharedIndexOptions {
  readonly address: IndexAddress;
  /** Absolute paths of the workspace folders, each a checkout of a project. */
  readonly folders: readonly string[];
  /** What is asked first, and answers alone where the server does not. */
  readonly local: WorkspaceIndex;
  /** Whether a file may be spoken of: not where git ignores it or `privacy.exclude` names it. */
  readonly accepts: (path: string) => boolean;
  readonly resolve: () => Promise<Resolve>;
  readonly log: Run['log'];
  /** Milliseconds for one answer of the server; for tests. */
  readonly patience?: number;
}

/** Only what a question of the server needs of a folder. */
interface Project {
  readonly folder: string;
  readonly ask: ServerQuestions;
}

export function createSharedIndex(options: SharedIndexOptions): WorkspaceIndex {
  const { address, local, accepts, log, patience = answerMs } = options;
  const folders = [...options.folders].sort((a, b) => b.length - a.length);
  const isFresh = createFreshness();
  const projects = new Map<string, Promise<Project>>();
  const connection = connect(address, patience);
  /** Resolves when the server has answered for the first time. */
  let greeted: Promise<unknown> | undefined;
  let isKnown = false;
  let isTold = false;
  let rests = Number.NEGATIVE_INFINITY;

  const failed = (run: Run, error: unknown): void => {
    rests = run.now() + restMs;
    greeted = undefined;
    isKnown = false;
    if (isTold) return;
    isTold = true;
    const reason = error instanceof Error ? error.message || error.name : String(error);
    log(
      'warning',
      `The index at ${shownAddress(address)} does not answer (${reason}); the local one answers alone.`,
    );
  };

  /** Connecting takes longer than an answer may; meanwhile the local index answers. */
  const greet = (run: Run): Promise<unknown> => {
    greeted ??= connection
      .then(({ query }) => query('SELECT 1'))
      .then(
        () => {
          isKnown = true;
          isTold = false;
        },
        (error: unknown) => failed(run, error),
      );
    return greeted;
  };

  const projectAt = (run: Run, folder: string): Promise<Project> => {
    let project = projects.get(folder);
    if (!project) {
      const placed = checkoutAt({ ...run, signal: new AbortController().signal }, folder);
      project = Promise.all([connection, placed]).then(([connected, checkout]) => ({
        folder,
        ask: questionsTo(connected, checkout),
      }));
      projects.set(folder, project);
    }
    return project;
  };

  /** The server's answer, or nothing where it does not come in time; then it is left alone for a while. */
  const fromServer = async <Answer>(
    run: Run,
    near: string,
    question: (project: Project) => Promise<readonly Answer[]>,
  ): Promise<readonly Answer[]> => {
    const folder = folders.find((one) => isInside(one, near));
    if (folder === undefined || run.now() < rests) return [];
    try {
      const answer = greet(run).then(() => (isKnown ? projectAt(run, folder).then(question) : []));
      return await inTime(run, answer, patience);
    } catch (error) {
      run.signal.throwIfAborted();
      // Not known yet, it may still be connecting: that ends by itself, one way or the other.
      if (isKnown) failed(run, error);
      return [];
    }
  };

  const symbolAt = (folder: string, row: SymbolRow): IndexedSymbol => ({
    path: join(folder, ...row.path.split('/')),
    name: row.name,
    kind: row.kind,
    span: { start: row.first, end: row.last },
    signature: row.signature,
    ...(row.doc !== '' && { doc: row.doc }),
    containers: row.containers,
  });

  /** Whether an answer of the server counts: of a file that may be spoken of, is the same here, and is news. */
  const counts = async (run: Run, path: string, hash: string): Promise<boolean> =>
    accepts(path) && (await local.inFile(run, path)).length === 0 && isFresh(path, hash);

  /** The first that count. Files are looked at one by one, since each may cost a read. */
  const chosen = async <Row extends { readonly path: string; readonly hash: string }>(
    run: Run,
    folder: string,
    rows: readonly Row[],
    limit: number,
  ): Promise<readonly Row[]> => {
    const found: Row[] = [];
    for (const row of rows) {
      if (found.length >= limit) break;
      if (await counts(run, join(folder, ...row.path.split('/')), row.hash)) found.push(row);
    }
    return found;
  };

  const symbols = async (
    run: Run,
    near: string,
    limit: number,
    own: readonly IndexedSymbol[],
    question: (ask: ServerQuestions) => Promise<readonly SymbolRow[]>,
    inOrder = false,
  ): Promise<readonly IndexedSymbol[]> => {
    if (own.length >= limit) return own;
    const further = await fromServer(run, near, async ({ folder, ask }) => {
      const rows = await question(ask);
      const relativeNear = relative(folder, near).split(sep).join('/');
      const ordered = inOrder ? rows : nearest(rows, ({ path }) => path, relativeNear, rows.length);
      const counted = await chosen(run, folder, ordered, limit - own.length);
      return counted.map((row) => symbolAt(folder, row));
    });
    return [...own, ...further];
  };

  const importers = async (run: Run, path: string, limit: number): Promise<readonly string[]> => {
    const own = await local.importers(run, path, limit);
    if (own.length >= limit) return own;
    const resolve = await options.resolve();
    const further = await fromServer(run, path, async ({ folder, ask }) => {
      const declared = await ask.inFile(relative(folder, path).split(sep).join('/'));
      const top = declared.flatMap(({ containers, name }) => (containers.length === 0 ? [name] : []));
      const names = new Set([basename(path).replace(/(?:\.\w+)+$/, ''), basename(dirname(path)), ...top]);
      const leads = ({ path: from, language, ...one }: ImportRow): boolean =>
        modulesOf(one, names).some((module) => {
          const to = resolve(join(folder, ...from.split('/')), language, module);
          return (
            (to.kind === 'file' && to.path === path) || (to.kind === 'folder' && to.path === dirname(path))
          );
        });
      const rows = (await ask.importing([...names])).filter(leads);
      const once = [...new Map(rows.map((row) => [row.path, row])).values()];
      const counted = await chosen(run, folder, once, limit - own.length);
      return counted.map((row) => join(folder, ...row.path.split('/')));
    });
    return [...new Set([...own, ...further])].filter((from) => from !== path);
  };

  return {
    named: async (run, name, near, limit) =>
      symbols(run, near, limit, await local.named(run, name, near, limit), (ask) => ask.named(name)),
    async inFile(run, path) {
      const own = await local.inFile(run, path);
      if (own.length > 0) return own;
      const within = (folder: string): string => relative(folder, path).split(sep).join('/');
      return fromServer(run, path, async ({ folder, ask }) => {
        const rows = await ask.inFile(within(folder));
        return rows[0] && (await counts(run, path, rows[0].hash))
          ? rows.map((row) => symbolAt(folder, row))
          : [];
      });
    },
    async callers(run, name, near, limit) {
      const own = await local.callers(run, name, near, limit);
      if (own.length >= limit) return own;
      const further = await fromServer(run, near, async ({ folder, ask }) => {
        const relativeNear = relative(folder, near).split(sep).join('/');
        const rows = nearest(
          await ask.callers(name),
          ({ path }) => path,
          relativeNear,
          Number.POSITIVE_INFINITY,
        );
        const counted = await chosen(run, folder, rows, limit - own.length);
        return counted.map(({ path, at, inside }) => ({
          path: join(folder, ...path.split('/')),
          span: { start: at, end: at + name.length },
          ...(inside && { inside: symbolAt(folder, inside) }),
        }));
      });
      return [...own, ...further];
    },
    importers,
    similar: async (run, terms, near, limit) =>
      symbols(
        run,
        near,
        limit,
        await local.similar(run, terms, near, limit),
        // More than are wanted, since some may not count here.
        (ask) => ask.similar(terms, isTestPath(near), limit * 4),
        true,
      ),
    testsOf: async (run, name, near, limit) =>
      symbols(run, near, limit, await local.testsOf(run, name, near, limit), (ask) => ask.testsOf(name)),
    changed: (paths) => local.changed(paths),
    state: () => local.state(),
    /** The local one belongs to whoever made it. Connecting may take seconds, which nobody waits for at the end. */
    async dispose() {
      connection.then(({ close }) => close()).catch((error: unknown) => log('debug', String(error)));
    },
  };
}

/** The promise's answer, unless the run ends or the time is over before. */
function inTime<Answer>(run: Run, answer: Promise<Answer>, milliseconds: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
    const ended = (): void => reject(run.signal.reason);
    run.signal.addEventListener('abort', ended, { once: true });
    answer.then(resolve, reject).finally(() => {
      clearTimeout(late);
      run.signal.removeEventListener('abort', ended);
    });
  });
}
