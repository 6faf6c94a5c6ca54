// What a command writes to: stdout for its result, stderr for everything else, colours only where a person looks.
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export interface Terminal {
  /** The result, a line or more; the line end is added. */
  readonly out: (text: string) => void;
  /** Notes about the result, and what went wrong. */
  readonly err: (text: string) => void;
  readonly colors: Colors;
  readonly errColors: Colors;
  /** A line that replaces itself, on a terminal only; empty to take it away. */
  readonly progress: (text: string) => void;
}

/** picocolors itself would colour every pipe in continuous integration, where the output is often read by a program. */
function wantsColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR && FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && TERM !== 'dumb';
}

export function createTerminal(): Terminal {
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001B[K');
    shown = false;
  };
  // A reader that has seen enough (`vouch check | head`) closes the pipe; that is not an error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    colors: pc.createColors(wantsColors(process.stdout)),
    errColors: pc.createColors(wantsColors(process.stderr)),
    out(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
    err(text) {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress(text) {
      if (process.stderr.isTTY !== true) return;
      clear();
      if (text === '') return;
      const width = (process.stderr.columns ?? 80) - 1;
      process.stderr.write(text.length > width ? `${text.slice(0, width - 1)}…` : text);
      shown = true;
    },
  };
}
