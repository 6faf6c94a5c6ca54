// The server as a process: which pipe, and every way in which it may have to end.

import { type ServerOptions, startServer } from './server.ts';
import { chooseTransport, openTransport } from './transport.ts';

/** Milliseconds between two looks at whether the editor is still there, for when it died without closing the pipe. */
const PARENT_INTERVAL = 3_000;

/** What the process cannot know by itself: the parts behind the door. */
export type ServerParts = Omit<ServerOptions, 'exit' | 'watchParent'>;

/**
 * Serves the editor that started this process, until it ends: shutdown and exit, a closed pipe, SIGTERM, SIGINT, or a
 * parent that is gone.
 * @param parameters the command line without the program's name: `--stdio`, `--node-ipc`, `--socket=PORT`, `--pipe=PATH`.
 * @returns once messages are listened to. A pipe that cannot be opened is told on stderr and sets exit code 2.
 */
export async function serveProcess(parameters: readonly string[], parts: ServerParts): Promise<void> {
  const choice = chooseTransport(parameters);
  if (!choice) return fail('wrong usage: --stdio, --node-ipc, --socket=PORT or --pipe=PATH');
  try {
    const transport = await openTransport(choice);
    const server = startServer(transport, {
      ...parts,
      exit: (code) => process.exit(code),
      watchParent: (processId) => watchParent(processId, () => void server.stop()),
    });
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.on(signal, () => void server.stop());
    process.on('disconnect', () => void server.stop());
    // Standard input can end without closing when something else holds the pipe's other end.
    if (choice.kind === 'stdio') {
      process.stdin.on('end', () => void server.stop());
      process.stdout.on('error', () => void server.stop());
    }
    // A bug in one request must not take the editor's server away.
    const survive = (error: unknown): void =>
      server.log('error', `unexpected: ${error instanceof Error ? error.stack : error}`);
    process.on('uncaughtException', survive);
    process.on('unhandledRejection', survive);
  } catch (error) {
    fail(`the editor cannot be reached: ${error instanceof Error ? error.message : error}`);
  }
}

function fail(message: string): void {
  process.stderr.write(`vouch: ${message}\n`);
  process.exitCode = 2;
}

function watchParent(processId: number, gone: () => void): void {
  const timer = setInterval(() => {
    if (isAlive(processId)) return;
    clearInterval(timer);
    gone();
  }, PARENT_INTERVAL);
  timer.unref();
}

/** A process of another user cannot be signalled, but is there. */
function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
