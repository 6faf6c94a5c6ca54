// The judges of a workspace: who judges a file, asked at once, each with a report of its own.
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Settings } from '../../core/settings.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { diagnosticsWithin, newDiagnostics } from './compare.ts';
import { compile } from './compiler.ts';
import type { Diagnostic } from './diagnostics.ts';
import { factsAt } from './facts.ts';
import { JudgeFailure } from './failure.ts';
import { type FoundJudge, findJudges } from './find.ts';
import type { JudgedChange, JudgeReport, Judges } from './judge.ts';
import { beforeLasts, type OracleLimits, oracleLimits } from './limits.ts';
import type { SourceFile } from './overlay.ts';
import { createPool, type Pool, type Seat } from './pool.ts';

export interface JudgesOptions {
  readonly languages: readonly Language[];
  readonly log: Run['log'];
  /** The settings in force for a file or folder. */
  readonly settingsFor: (path: string) => Pick<Settings, 'validation'>;
  /** Where compilers run, for languages without a server; without it they do not. Found when first needed. */
  readonly sandbox?: () => Promise<Sandbox>;
  /** Where programs are looked for, and what they inherit. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Other limits than the usual: for tests and benches. */
  readonly limits?: Partial<OracleLimits>;
}

export { findTools, type KnownTool } from './find.ts';

/** Nothing is started before the first question. Whether programs may be started at all is for the caller to know. */
export function createJudges(options: JudgesOptions): Judges {
  const { languages, log, settingsFor, environment = process.env } = options;
  const limits = { ...oracleLimits, ...options.limits };
  const pool = createPool(limits, log);

  const find = (languageId: string, path: string, root: string): Promise<readonly FoundJudge[]> => {
    const { run, judges } = settingsFor(path).validation;
    if (run === 'never') return Promise.resolve([]);
    const language = languages.find(({ id, aliases }) => id === languageId || aliases.includes(languageId));
    return findJudges(language, languageId, judges, {
      path,
      root,
      environment,
      compilers: options.sandbox !== undefined,
    });
  };

  return {
    async available(languageId, path, root) {
      return (await find(languageId, path, root)).map(({ tool }) => tool.name);
    },
    async judge(run, root, change) {
      const found = await find(change.languageId, change.path, root);
      run.signal.throwIfAborted();
      const grounds: Grounds = { run, root, limits, pool, sandbox: options.sandbox };
      return Promise.all(found.map((judge) => reportOf(grounds, judge, change)));
    },
    async facts(run, root, { path, languageId, text, offset }) {
      const found = await find(languageId, path, root);
      run.signal.throwIfAborted();
      const judge = found.find(({ tool }) => tool.compiler === undefined);
      if (!judge) return [];
      const file = fileOf(judge, { path, languageId }, text);
      const member = judge.tool.server?.member ?? '.';
      try {
        const question = {
          signal: run.signal,
          found: judge,
          root,
          file,
          milliseconds: limits.facts,
          patient: false,
        };
        return await pool.use(question, ({ server }, signal) =>
          factsAt(server, signal, file, offset, member),
        );
      } catch (error) {
        run.signal.throwIfAborted();
        if (!(error instanceof JudgeFailure)) throw error;
        run.log('info', `${judge.tool.name}: no facts on ${path}: ${error.message}`);
        return [];
      }
    },
    filesChanged: (changes) => pool.tellChanges(changes),
    dispose: () => pool.dispose(),
  };
}

interface Grounds {
  readonly run: Run;
  readonly root: string;
  readonly limits: OracleLimits;
  readonly pool: Pool;
  readonly sandbox: (() => Promise<Sandbox>) | undefined;
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
    return report(await (found.tool.compiler ? compiled : served)(grounds, found, change));
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof JudgeFailure)) throw error;
    run.log('info', `${tool}: no verdict on ${change.path}: ${error.message}`);
    if (error.unstarted && found.otherwise) return reportOf(grounds, found.otherwise, change);
    return report({ findings: [], failed: error.message });
  }
}

type Opinion = Pick<JudgeReport, 'findings' | 'version'>;

async function served(grounds: Grounds, found: FoundJudge, change: JudgedChange): Promise<Opinion> {
  const { run, root, limits, pool } = grounds;
  const file = fileOf(found, change, change.before ?? change.after);
  const question = { signal: run.signal, found, root, file, milliseconds: limits.verdict, patient: true };
  return pool.use(question, async (seat, signal) => {
    const findings = await judgeWith(seat, signal, found, change);
    const { version } = seat.server;
    return { findings, ...(version && { version }) };
  });
}

async function compiled(grounds: Grounds, found: FoundJudge, change: JudgedChange): Promise<Opinion> {
  const { run, root, limits } = grounds;
  const rules = found.tool.compiler!;
  const sandbox = await grounds.sandbox!().catch((error: Error) => {
    throw new JudgeFailure(error.message);
  });
  const { before, after } = await compile(run, sandbox, found, rules, root, change, limits);
  const { name } = found.tool;
  const version = found.version === undefined ? {} : { version: found.version };
  return {
    findings:
      before === undefined || change.before === undefined
        ? diagnosticsWithin(name, change, after)
        : newDiagnostics(name, { ...change, before: change.before }, before, after),
    ...version,
  };
}

async function judgeWith(
  seat: Seat,
  signal: AbortSignal,
  found: FoundJudge,
  change: JudgedChange,
): Promise<JudgeReport['findings']> {
  const after = await seat.server.diagnose(signal, fileOf(found, change, change.after));
  const { outside = [] } = found.tool.server ?? {};
  const stray = after.find(({ code }) => code !== undefined && outside.includes(code));
  if (stray) throw new JudgeFailure(`does not judge this file: ${stray.message}`);
  // A text without faults has none that are new.
  if (after.every(({ severity }) => severity === 'advice')) return [];
  const { before } = change;
  if (before === undefined) return diagnosticsWithin(found.tool.name, change, after);
  const old = await diagnosticsBefore(seat, signal, fileOf(found, change, before));
  return newDiagnostics(found.tool.name, { ...change, before }, old, after);
}

/** Those of the text without a candidate, which many candidates of one task have in common. */
async function diagnosticsBefore(
  seat: Seat,
  signal: AbortSignal,
  file: SourceFile,
): Promise<readonly Diagnostic[]> {
  const known = seat.remembered;
  const same =
    known?.file.path === file.path &&
    known.file.text === file.text &&
    performance.now() - known.at < beforeLasts;
  if (same) return known.diagnostics;
  const diagnostics = await seat.server.diagnose(signal, file);
  seat.remembered = { file, diagnostics, at: performance.now() };
  return diagnostics;
}

function fileOf(
  { tool }: FoundJudge,
  { path, languageId }: Pick<JudgedChange, 'path' | 'languageId'>,
  text: string,
): SourceFile {
  const { languageIds = {} } = tool.server ?? {};
  const extension = Object.keys(languageIds).find((each) => path.endsWith(each));
  return { path, text, languageId: extension === undefined ? languageId : languageIds[extension]! };
}
