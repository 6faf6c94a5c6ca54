// The commands, their options and their help. What a command does is in its own file and loaded when it is asked for.
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type {
  EvidenceOfCommit,
  SharedIndexTools,
  Workbench,
  WorkbenchEvents,
} from '../orchestration/workbench.ts';
import type { CheckOptions } from './check/index.ts';
import { CommandFailure, exitCodes } from './failure.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** What every command gets besides its own parameters. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Ends when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
  readonly version: string;
  readonly openWorkbench: OpenWorkbench;
  readonly sharedIndex: SharedIndexTools;
  readonly evidenceOfCommit: EvidenceOfCommit;
}

export type OpenWorkbench = (events: WorkbenchEvents) => Promise<Workbench>;

export const formats = ['pretty', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

/**
 * Runs one command.
 * @param parameters the command line without the program's name.
 * @param openWorkbench called by the commands that need one, once.
 * @param parts for the commands that need no workbench but what it is made of.
 * @returns the exit code. Failures are told on stderr; nothing is thrown.
 */
export async function runCommandLine(
  parameters: readonly string[],
  openWorkbench: OpenWorkbench,
  parts: Pick<CommandContext, 'sharedIndex' | 'evidenceOfCommit'>,
): Promise<number> {
  const terminal = createTerminal();
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  const context: CommandContext = {
    terminal,
    signal: controller.signal,
    version: packageJson.version,
    openWorkbench,
    ...parts,
  };
  let exitCode: number = exitCodes.clean;
  const program = describeProgram(context, (code) => {
    exitCode = code;
  });
  try {
    if (parameters.length === 0) {
      program.outputHelp({ error: true });
      return exitCodes.usage;
    }
    await program.parseAsync(parameters, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (controller.signal.aborted) return exitCodes.interrupted;
    // Commander has told already what is wrong, or has shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
    const { red } = terminal.errColors;
    if (error instanceof CommandFailure) {
      terminal.err(`${red('error:')} ${error.message}`);
      return error.exitCode;
    }
    terminal.err(
      `${red('vouch failed, which is a bug in it:')} ${error instanceof Error ? error.stack : error}`,
    );
    return exitCodes.usage;
  }
}

function describeProgram(context: CommandContext, finish: (exitCode: number) => void): Command {
  const program = new Command('vouch')
    .description(packageJson.description)
    .version(packageJson.version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show this help, or that of a command')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.out(text.trimEnd()),
      writeErr: (text) => context.terminal.err(text.trimEnd()),
      outputError: (text, write) => write(`${text.trimEnd()}\nTry: vouch --help`),
    })
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .usage('--stdio | COMMAND')
    .addHelpText(
      'after',
      `
As a language server (an editor starts it like this):
  vouch --stdio            speak the protocol through stdin and stdout
  vouch --node-ipc         through the IPC channel of a Node parent process
  vouch --socket=PORT      through a socket that the editor listens on

Settings: ~/.config/vouch/config.json for you, .vouch.json for a project. \`vouch doctor\` shows what is in force.`,
    );

  program
    .command('check')
    .usage('[PATH…] [options]')
    .description('check files, as the server does in an editor')
    .argument('[paths...]', 'files and folders; the present folder when absent')
    .option(
      '--changed [rev]',
      'only lines that differ from a git revision (HEAD), and files git does not track',
    )
    .addOption(new Option('--format <format>', 'how to print findings').choices(formats).default('pretty'))
    .option('--fix', 'apply the fixes that are certain')
    .option(
      '--write-baseline',
      'write what is found into .vouch-baseline.json, so that only new findings count',
    )
    .option('--no-baseline', 'count what the baseline knows, too')
    .addHelpText(
      'after',
      `
Exit code: 0 clean, 1 an error was found, 2 wrong usage.

Examples:
  vouch check                          everything below the present folder
  vouch check --changed origin/main    what this branch changes
  vouch check src --fix                mend what has one right answer
  vouch check --format sarif > vouch.sarif
  vouch check --write-baseline         adopt it on old code: from now on, only new findings count

Files that git ignores are left out unless they are named. A check's severity is set by
validation.checks in the settings: { "validation": { "checks": { "incomplete/elision": "off" } } }`,
    )
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import('./check/index.ts');
      finish(await check(context, paths, options));
    });

  program
    .command('try')
    .usage('FILE:LINE[:COLUMN] [options]')
    .description('print what an editor would be offered at a place')
    .argument('<place>', 'file, line and column, both from 1; the end of the line without a column')
    .option(
      '--action <kind>',
      'carry out an offered action: implement, rewrite, document, tests, plan or fix',
    )
    .option('--prompt', 'print the request as it would be sent to the model, and send nothing')
    .option('--apply', 'write what the action proposes into the file')
    .addHelpText(
      'after',
      `
Examples:
  vouch try src/cache.py:40                       completions, actions and findings there
  vouch try src/cache.py:40 --action implement    the diff of a checked implementation
  vouch try src/cache.py:40 --action implement --prompt
                                                  what would be sent for it, to the letter`,
    )
    .action(async (place: string, options: { action?: string; prompt?: true; apply?: true }) => {
      const { tryPlace } = await import('./try/index.ts');
      finish(await tryPlace(context, place, options));
    });

  program
    .command('doctor')
    .usage('[DIR]')
    .description('say what works here, what does not, and what to do about it')
    .argument('[folder]', 'the project; the present folder when absent')
    .action(async (folder: string | undefined) => {
      const { doctor } = await import('./doctor/index.ts');
      finish(await doctor(context, folder));
    });

  program
    .command('evidence')
    .usage('[REV] [--format json]')
    .description('say what was checked on the code that vouch wrote and a commit brought')
    .argument('[rev]', 'a git revision; HEAD when absent')
    .addOption(
      new Option('--format <format>', 'for people, or an in-toto statement')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .addHelpText(
      'after',
      `
Examples:
  vouch evidence                               what the last commit holds
  vouch evidence v1.2 --format json > evidence.json

Evidence is kept on the machine that the code was written on, by the digest of its lines: code that was
edited since is not found, nor is code that was written elsewhere. The statement is not signed.`,
    )
    .action(async (revision: string | undefined, options: { format: 'pretty' | 'json' }) => {
      const { evidence } = await import('./evidence.ts');
      finish(await evidence(context, revision, options));
    });

  program
    .command('index')
    .usage('[DIR] [--to URL]')
    .description("fill a team's index from a checkout, or bring it up to date")
    .argument('[folder]', 'the project; the present folder when absent')
    .option('--to <url>', 'the PostgreSQL database; the setting `index` when absent')
    .option('--password-env <name>', 'the environment variable that holds its password')
    .option('--name <name>', "the project's name, where git has no origin to name it by")
    .addHelpText(
      'after',
      `
Examples:
  vouch index --to postgres://vouch@db.example.org/code
  VOUCH_DB=… vouch index --to postgres://vouch@db.example.org/code --password-env VOUCH_DB

Only files that changed since the last time are sent: paths, names, signatures, first lines of doc
comments, and hashes of words. What git ignores or privacy.exclude names is not. Everybody who has the
setting { "index": { "url": "…" } } in their own settings then finds what is in it.`,
    )
    .action(
      async (folder: string | undefined, options: { to?: string; passwordEnv?: string; name?: string }) => {
        const { fillIndex } = await import('./fill-index.ts');
        finish(await fillIndex(context, folder, options));
      },
    );

  program
    .command('demo')
    .usage(' ')
    .description('show what an editor would, on a small project in a temporary folder')
    .action(async () => {
      const { demo } = await import('./demo/index.ts');
      finish(await demo(context));
    });

  program
    .command('trust')
    .usage('[DIR] [options]')
    .description("let a project's .vouch.json choose models and start programs")
    .argument('[folder]', 'the folder, with all below it; the present one when absent')
    .option(
      '--run',
      'allow that judges, examples and tests are started there, as an editor asks once a folder',
    )
    .option('--remove', 'take the trust, or with --run the permission, back')
    .action(async (folder: string | undefined, options: { remove?: true; run?: true }) => {
      const { trust } = await import('./trust.ts');
      finish(await trust(context, folder, options));
    });

  for (const command of program.commands) command.helpOption('-h, --help', 'show this help');
  return program;
}
