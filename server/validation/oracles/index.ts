// The judges of a workspace: who judges a file, asked at once, each with a report of its own.
import { dirname, relative } from 'node:path';
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Settings } from '../../core/settings.ts';
import { containsPath } from '../sandbox/programs.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { compileWith } from './compiler.ts';
import { factsAt } from './facts.ts';
import { JudgeFailure } from './failure.ts';
import { type FoundJudge, findJudges } from './find.ts';
import type { JudgedChange, JudgeReport, Judges } from './judge.ts';
import { type OracleLimits, oracleLimits } from './limits.ts';
import { unasked } from './on-demand.ts';
import { createPool, type Pool } from './pool.ts';
import { fileOf, filesBeside, judgeWith } from './served.ts';

export interface JudgesOptions {
  readonly languages: readonly Language[];
  readonly log: Run['log'];
  /** The settings in force for a file or folder. */
  readonly settingsFor: (path: string) => Pick<Settings, 'validation'>;
  /** Where compilers run, for languages without a server; without it they do not. Found when first needed. */
  readonly sandbox?: () => Promise<Sandbox>;
  /** Where programs are looked for, and what they inherit; asked for at each start. This process's own where absent. */
  readonly environment?: () => NodeJS.ProcessEnv;
  /** Other limits than the usual: for tests and benches. */
  readonly limits?: Partial<OracleLimits>;
}

export { findTools, type KnownTool } from './find.ts';

/** Nothing is started before the first question. Whether programs may be started at all is for the caller to know. */
export function createJudges(options: JudgesOptions): Judges {
  const { languages, log, settingsFor, environment = () => process.env } = options;
  const limits = { ...oracleLimits, ...options.limits };
  const pool = createPool(limits, log, environment);

  const find = (languageId: string, path: string, root: string): Promise<readonly FoundJudge[]> => {
    const { run, judges } = settingsFor(path).validation;
    if (run === 'never') return Promise.resolve([]);
    const language = languages.find(({ id, aliases }) => id === languageId || aliases.includes(languageId));
    return findJudges(language, languageId, judges, {
      path,
      root,
      environment: environment(),
      compilers: options.sandbox !== undefined,
    });
  };

  const serverFor = async (languageId: string, path: string, root: string): Promise<FoundJudge | undefined> =>
    (await find(languageId, path, root)).find(({ tool }) => tool.compiler === undefined);

  return {
    async available(languageId, path, root) {
      return (await find(languageId, path, root)).map(({ tool }) => tool.name);
    },
    async described(languageId, path, root) {
      return (await find(languageId, path, root)).map(({ tool: { name }, program }) =>
        containsPath(root, program) ? `${name} of the project (${relative(root, dirname(program))})` : name,
      );
    },
    async judge(run, root, change) {
      const found = await find(change.languageId, change.path, root);
      run.signal.throwIfAborted();
      // "always" is a yes to sandboxed programs; where the user was asked, the question said what closes them in.
      const mayRunOpen = settingsFor(change.path).validation.run === 'ask';
      const grounds: Grounds = { run, root, limits, pool, languages, sandbox: options.sandbox, mayRunOpen };
      return Promise.all(found.map((judge) => reportOf(grounds, judge, change)));
    },
    async facts(run, root, { path, languageId, text, offset, unsaved = [] }) {
      const judge = await serverFor(languageId, path, root);
      run.signal.throwIfAborted();
      if (!judge) return [];
      const change = { path, languageId, after: text, spans: [], unsaved };
      const beside = await filesBeside(judge, languages, change, 0);
      const files = [fileOf(judge, change, text), ...beside] as const;
      const member = judge.tool.server?.member ?? '.';
      try {
        const question = {
          signal: run.signal,
          found: judge,
          root,
          files,
          milliseconds: limits.facts,
          patient: false,
        };
        return await pool.use(question, ({ server }, signal) =>
          factsAt(server, signal, files, offset, member),
        );
      } catch (error) {
        failureOf(run, `${judge.tool.name}: no facts on ${path}`, error);
        return [];
      }
    },
    async warm(root, file) {
      const judge = await serverFor(file.languageId, file.path, root);
      if (!judge) return;
      const files = [fileOf(judge, file, file.text)];
      pool.warm({ found: judge, root, files, milliseconds: limits.verdict });
    },
    filesChanged: (changes) => pool.tellChanges(changes),
    dispose: () => pool.dispose(),
  };
}

interface Grounds {
  readonly run: Run;
  readonly root: string;
  readonly limits: OracleLimits;
  readonly languages: readonly Language[];
  readonly pool: Pool;
  readonly sandbox: (() => Promise<Sandbox>) | undefined;
  /** Whether the project's own code may run where nothing closes it in. */
  readonly mayRunOpen: boolean;
}

async function reportOf(grounds: Grounds, found: FoundJudge, change: JudgedChange): Promise<JudgeReport> {
  const { run } = grounds;
  const tool = found.tool.name;
  const start = run.now();
  const report = (rest: Pick<JudgeReport, 'findings'> & Partial<JudgeReport>): JudgeReport => ({
    tool,
    milliseconds: run.now() - start,
    ...rest,
  });
  try {
    const opinion = await (found.tool.compiler ? compiled : served)(grounds, found, change);
    const why = opinion.findings.length > 0 ? undefined : await unasked(found.tool, grounds.root, change);
    if (why !== undefined) throw new JudgeFailure(why);
    return report(opinion);
  } catch (error) {
    const { message, unstarted } = failureOf(run, `${tool}: no verdict on ${change.path}`, error);
    if (unstarted && found.otherwise) return reportOf(grounds, found.otherwise, change);
    return report({ findings: [], failed: message });
  }
}

/**
 * What one judge costs the others, whatever went wrong: a line in the log.
 * @throws the abort reason when the run has ended.
 */
function failureOf(run: Run, what: string, error: unknown): JudgeFailure {
  run.signal.throwIfAborted();
  const failure = error instanceof JudgeFailure ? error : new JudgeFailure(`failed: ${String(error)}`);
  run.log(failure === error ? 'info' : 'error', `${what}: ${failure.message}`);
  return failure;
}

type Opinion = Pick<JudgeReport, 'findings' | 'version'>;

async function served(grounds: Grounds, found: FoundJudge, change: JudgedChange): Promise<Opinion> {
  const { run, root, limits, pool, languages } = grounds;
  const beside = await filesBeside(found, languages, change, limits.dependents);
  const files = [fileOf(found, change, change.before ?? change.after), ...beside];
  const question = { signal: run.signal, found, root, files, milliseconds: limits.verdict, patient: true };
  return pool.use(question, async (seat, signal) => {
    const findings = await judgeWith(seat, signal, { run, root, found, change, beside, limits });
    const { version } = seat.server;
    return { findings, ...(version && { version }) };
  });
}

async function compiled(grounds: Grounds, found: FoundJudge, change: JudgedChange): Promise<Opinion> {
  const { run, root, limits } = grounds;
  const sandbox = await grounds.sandbox!().catch((error: Error) => {
    throw new JudgeFailure(error.message);
  });
  if (found.tool.compiler!.runsProject && sandbox.isolation === 'best-effort' && !grounds.mayRunOpen) {
    throw new JudgeFailure(
      'runs code of the project as it compiles, and nothing on this machine closes that in',
    );
  }
  const findings = await compileWith({ run, sandbox, found, root, change, limits });
  return { findings, ...(found.version !== undefined && { version: found.version }) };
}
