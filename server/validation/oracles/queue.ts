// One question at a time: a server has one text of a file, and two tasks must not change it under each other.

export interface Queue {
  /**
   * Runs the work when all before it has ended.
   * @throws the abort reason at once when the signal ends, whether the work has begun or not; what the work throws.
   */
  add<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** Whether nothing runs or waits. */
  readonly idle: boolean;
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let length = 0;
  return {
    get idle() {
      return length === 0;
    },
    add<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
      signal.throwIfAborted();
      length++;
      // Work that was given up before its turn is passed over; one that runs sees the signal by itself and ends.
      const turn = last.then(async () => {
        signal.throwIfAborted();
        return await work();
      });
      last = turn.then(
        () => length--,
        () => length--,
      );
      return new Promise<T>((resolve, reject) => {
        const abort = (): void => reject(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
      });
    },
  };
}
