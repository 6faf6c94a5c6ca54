// One request on its way through the phases: who may stop it, who hears of its progress, where it logs.

export type LogLevel = 'error' | 'warning' | 'info' | 'debug';

export interface Progress {
  /** One short line, shown as it is. */
  readonly message: string;
  /** 0 to 100, where a share is known. */
  readonly percentage?: number;
}

/** The first parameter of every phase. */
export interface Run {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly log: (level: LogLevel, message: string) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
}

/** Why a run ended early; the reason of its abort signal. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly reason: 'client' | 'superseded' | 'timeout' | 'document changed' | 'shutdown';
  constructor(reason: Cancelled['reason']) {
    super(`cancelled: ${reason}`);
    this.reason = reason;
  }
}

/** A run that nobody watches: for the command line and for background work. */
export const detachedRun = (log: Run['log'], signal = new AbortController().signal): Run => ({
  signal,
  report: () => undefined,
  log,
  now: () => performance.now(),
});

/**
 * The same run with a further reason to end.
 * @param limit an abort signal, or milliseconds after which it ends with `Cancelled('timeout')`.
 */
export function limitRun(run: Run, limit: AbortSignal | number): Run & Disposable {
  if (typeof limit !== 'number') {
    return { ...run, signal: AbortSignal.any([run.signal, limit]), [Symbol.dispose]: () => undefined };
  }
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Cancelled('timeout')), limit);
  timer.unref();
  return {
    ...run,
    signal: AbortSignal.any([run.signal, controller.signal]),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** Throws the abort reason if the run has ended. */
export const throwIfEnded = (run: Run): void => run.signal.throwIfAborted();
