// How a command ends when it cannot do what it was asked: with a sentence that says what to do, and an exit code.

export const exitCodes = {
  /** Done, and nothing is wrong. */
  clean: 0,
  /** Done, and something is wrong: an error finding, a failed part, a model that did not answer. */
  found: 1,
  /** Asked for in a way that cannot be done. */
  usage: 2,
  /** Stopped by the user: 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @param message what is wrong with the command line, and what would be right. */
export const wrongUsage = (message: string): CommandFailure => new CommandFailure(message, exitCodes.usage);
