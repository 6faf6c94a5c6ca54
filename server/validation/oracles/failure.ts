// Why a judge gave no verdict, on its way to the report.

/** The message is shown to the user. */
export class JudgeFailure extends Error {
  override readonly name = 'JudgeFailure';
  /** Whether it did not get as far as being asked: then another may judge in its place. */
  readonly unstarted: boolean;
  constructor(message: string, unstarted = false) {
    super(message);
    this.unstarted = unstarted;
  }
}

/**
 * The promise's value, unless the signal or the time ends first.
 * @param late what is said after `milliseconds`.
 * @throws the abort reason, or JudgeFailure.
 */
export async function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  late: string,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new JudgeFailure(late)), milliseconds);
        abort = () => reject(signal!.reason);
        signal?.addEventListener('abort', abort, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (abort) signal?.removeEventListener('abort', abort);
  }
}

/**
 * Promises that fail when something has ended. One that came in time is let go: a promise that lasts keeps whatever was
 * ever to follow from it.
 */
export function untilEnded(ended: Promise<string>): <T>(promise: Promise<T>) => Promise<T> {
  const waiting = new Set<(error: JudgeFailure) => void>();
  let over: JudgeFailure | undefined;
  void ended.then((reason) => {
    over = new JudgeFailure(reason);
    for (const reject of waiting) reject(over);
  });
  return (promise) =>
    new Promise((resolve, reject) => {
      // Whichever comes second has nobody to hear it.
      promise.then(resolve, reject).finally(() => waiting.delete(reject));
      if (over) reject(over);
      else waiting.add(reject);
    });
}
