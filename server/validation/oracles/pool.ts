// Servers kept warm, one a tool and project: started when first asked, ended when nobody asks, started again when they die.
import { setMaxListeners } from 'node:events';
import type { Run } from '../../core/run.ts';
import { containsPath } from '../sandbox/programs.ts';
import type { Diagnostic } from './diagnostics.ts';
import { JudgeFailure, within } from './failure.ts';
import type { FoundJudge } from './find.ts';
import type { FileChange } from './judge.ts';
import { type OracleLimits, restoreAfter } from './limits.ts';
import type { SourceFile } from './overlay.ts';
import { createQueue, type Queue } from './queue.ts';
import { type LanguageServer, startServer } from './server.ts';

export interface Pool {
  /**
   * Gives the server to the work when it is its turn; whatever it was shown then, it is shown the file as it is afterwards.
   * @throws the abort reason at once; JudgeFailure when there is no server, it dies, or takes too long.
   */
  use<T>(question: Question, work: (seat: Seat, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Starts the server, where none runs, and has it read the files, so that it answers soon when asked. */
  warm(question: Omit<Question, 'signal' | 'patient'>): void;
  tellChanges(changes: readonly FileChange[]): void;
  dispose(): Promise<void>;
}

export interface Question {
  readonly signal: AbortSignal;
  readonly found: FoundJudge;
  readonly root: string;
  /** That which is asked about, as it is without any candidate, and others that are not as they are on disk. */
  readonly files: readonly SourceFile[];
  /** How long the answer is waited for. */
  readonly milliseconds: number;
  /**
   * Whether the answer is worth waiting until the server has started and read the project, and a server that is late is
   * one that hangs and is ended. Else only one that has answered before is asked, another is warmed for the next
   * question, and one that is late is left to itself.
   */
  readonly patient: boolean;
}

/** A server, and what is remembered of what it said as long as it lives. */
export interface Seat {
  readonly server: LanguageServer;
  remembered:
    | {
        readonly files: readonly SourceFile[];
        /** By path. */
        readonly diagnostics: Map<string, readonly Diagnostic[]>;
        readonly at: number;
      }
    | undefined;
}

interface Entry {
  readonly root: string;
  readonly queue: Queue;
  seat: Promise<Seat> | undefined;
  /** Whether it has answered before. */
  warm: boolean;
  /** Ends a start that is under way. */
  starting: AbortController | undefined;
  deaths: number[];
  lastDeath: string;
  usedAt: number;
  idle: NodeJS.Timeout | undefined;
  restore: NodeJS.Timeout | undefined;
}

/** A start has limits of its own; this is the longest time that a timer takes. */
const longest = 2 ** 31 - 1;

/** @param environment what servers inherit. */
export function createPool(
  limits: OracleLimits,
  log: Run['log'],
  environment: () => NodeJS.ProcessEnv,
): Pool {
  const entries = new Map<string, Entry>();
  let disposed = false;

  const entryOf = ({ tool, program }: FoundJudge, root: string): Entry => {
    // One server for all of its languages.
    const key = JSON.stringify([{ ...tool, onDemand: undefined }, program, root]);
    let entry = entries.get(key);
    if (!entry) {
      entry = {
        root,
        queue: createQueue(),
        seat: undefined,
        warm: false,
        starting: undefined,
        deaths: [],
        lastDeath: '',
        usedAt: 0,
        idle: undefined,
        restore: undefined,
      };
      entries.set(key, entry);
    }
    return entry;
  };

  const stop = async (entry: Entry): Promise<void> => {
    clearTimeout(entry.idle);
    clearTimeout(entry.restore);
    const { seat } = entry;
    entry.seat = undefined;
    entry.starting?.abort();
    const server = await seat?.then(
      (each) => each.server,
      () => undefined, // It never started, and was told of then.
    );
    await server?.stop();
  };

  /** Room for one more: the one that was not asked for longest goes. */
  const makeRoom = (): void => {
    const running = [...entries.values()].filter(({ seat }) => seat);
    if (running.length < limits.servers) return;
    const [oldest] = running.filter(({ queue }) => queue.idle).sort((a, b) => a.usedAt - b.usedAt);
    if (oldest) void stop(oldest);
  };

  const died = (entry: Entry, reason: string): void => {
    entry.deaths.push(performance.now());
    entry.lastDeath = reason;
  };

  const seatOf = (entry: Entry, found: FoundJudge): Promise<Seat> => {
    if (entry.seat) return entry.seat;
    const now = performance.now();
    entry.deaths = entry.deaths.filter((at) => now - at < limits.deathsWithin);
    if (entry.deaths.length >= limits.deaths) {
      const minutes = Math.ceil((entry.deaths[0]! + limits.deathsWithin - now) / 60_000);
      throw new JudgeFailure(
        `${entry.lastDeath} (${entry.deaths.length} times of late; it is started again in ${minutes} min at the earliest)`,
        true,
      );
    }
    makeRoom();
    entry.warm = false;
    entry.starting = new AbortController();
    const { signal } = entry.starting;
    const options = { root: entry.root, environment: environment(), limits, log, signal };
    const seat = startServer(found, options).then(
      (server): Seat => {
        log('debug', `${found.tool.name} was started for ${entry.root}`);
        void server.ended.then((reason) => {
          if (entry.seat !== seat) return;
          entry.seat = undefined;
          died(entry, reason);
          log('info', `${found.tool.name} for ${entry.root} ${reason}`);
        });
        return { server, remembered: undefined };
      },
      (error: Error) => {
        if (entry.seat === seat) entry.seat = undefined;
        died(entry, error.message);
        throw error;
      },
    );
    entry.seat = seat;
    return seat;
  };

  const rest = (entry: Entry, files: Question['files']): void => {
    entry.usedAt = performance.now();
    clearTimeout(entry.idle);
    clearTimeout(entry.restore);
    const { seat } = entry;
    entry.restore = setTimeout(() => {
      // The next question shows what it needs by itself.
      if (entry.queue.idle) void seat?.then(({ server }) => server.show(files)).catch(() => undefined);
    }, restoreAfter);
    entry.idle = setTimeout(() => void stop(entry), limits.idle);
    entry.restore.unref();
    entry.idle.unref();
  };

  const answer = async <T>(
    entry: Entry,
    { signal, found, files, milliseconds, patient }: Question,
    work: (seat: Seat, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    if (disposed) throw new JudgeFailure('vouch is ending');
    clearTimeout(entry.idle);
    clearTimeout(entry.restore);
    // A start that nobody waits for any more goes on: the next question will need it.
    const starting = seatOf(entry, found);
    const seat = await within(starting, longest, 'is not yet started', signal);
    const most = patient && !entry.warm ? Math.max(milliseconds, limits.ready) : milliseconds;
    const late = `took longer than ${most} ms`;
    const ending = new AbortController();
    try {
      const either = AbortSignal.any([signal, ending.signal]);
      // One question may be many requests, each of which listens.
      setMaxListeners(0, either);
      const result = await within(work(seat, either), most, late, signal);
      entry.warm = true;
      return result;
    } catch (error) {
      if (patient && error instanceof JudgeFailure && error.message === late) {
        died(entry, late);
        await stop(entry);
      }
      throw error;
    } finally {
      ending.abort();
      if (entry.seat) rest(entry, files);
    }
  };

  const pool: Pool = {
    async use(question, work) {
      const entry = entryOf(question.found, question.root);
      if (!question.patient && !(entry.seat && entry.warm)) {
        pool.warm(question);
        throw new JudgeFailure('is not warm yet');
      }
      return entry.queue.add(question.signal, () => answer(entry, question, work));
    },
    warm(question) {
      const { found, root, files } = question;
      const entry = entryOf(found, root);
      if (entry.seat || !entry.queue.idle) return;
      const { signal } = new AbortController();
      pool
        .use({ ...question, signal, patient: true }, ({ server }, ending) => server.diagnose(ending, files))
        .catch((error: unknown) => log('info', `${found.tool.name} cannot be warmed: ${String(error)}`));
    },
    tellChanges(changes) {
      for (const entry of entries.values()) {
        const inside = changes.filter(({ path }) => containsPath(entry.root, path));
        if (inside.length === 0) continue;
        void entry.seat
          ?.then((seat) => {
            seat.remembered = undefined;
            return seat.server.tellChanges(inside);
          })
          .catch(() => undefined);
      }
    },
    async dispose() {
      disposed = true;
      await Promise.all([...entries.values()].map(stop));
      entries.clear();
    },
  };
  return pool;
}
