// The judges of a workspace: who judges a file, asked at once, each with a report of its own.
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Settings } from '../../core/settings.ts';
import { diagnosticsWithin, newDiagnostics } from './compare.ts';
import type { Diagnostic } from './diagnostics.ts';
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
  /** Where programs are looked for, and what they inherit. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Other limits than the usual: for tests and benches. */
  readonly limits?: Partial<OracleLimits>;
}

/** Nothing is started before the first question. Whether programs may be started at all is for the caller to know. */
export function createJudges(options: JudgesOptions): Judges {
  const { languages, log, settingsFor, environment = process.env } = options;
  const limits = { ...oracleLimits, ...options.limits };
  const pool = createPool(limits, log);

  const find = (languageId: string, path: string, root: string): Promise<readonly FoundJudge[]> => {
    const { run, judges } = settingsFor(path).validation;
    if (run === 'never') return Promise.resolve([]);
    const language = languages.find(({ id, aliases }) => id === languageId || aliases.includes(languageId));
    return findJudges(language, languageId, judges, { path, root, environment });
  };

  return {
    async available(languageId, path, root) {
      return (await find(languageId, path, root)).map(({ tool }) => tool.name);
    },
    async judge(run, root, change) {
      const found = await find(change.languageId, change.path, root);
      run.signal.throwIfAborted();
      return Promise.all(found.map((judge) => reportOf(run, pool, judge, root, change, limits)));
    },
    facts: async () => [],
    filesChanged: (changes) => pool.tellChanges(changes),
    dispose: () => pool.dispose(),
  };
}

async function reportOf(
  run: Run,
  pool: Pool,
  found: FoundJudge,
  root: string,
  change: JudgedChange,
  limits: OracleLimits,
): Promise<JudgeReport> {
  const tool = found.tool.name;
  const start = run.now();
  const report = (rest: Pick<JudgeReport, 'findings'> & Partial<JudgeReport>): JudgeReport => ({
    tool,
    milliseconds: run.now() - start,
    ...rest,
  });
  const asItIs = fileOf(found, change, change.before ?? change.after);
  try {
    return await pool.use(run.signal, found, root, asItIs, limits.verdict, async (seat, signal) => {
      const findings = await judgeWith(seat, signal, found, change);
      const { version } = seat.server;
      return report({ findings, ...(version && { version }) });
    });
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof JudgeFailure)) throw error;
    run.log('info', `${tool}: no verdict on ${change.path}: ${error.message}`);
    return report({ findings: [], failed: error.message });
  }
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

function fileOf({ tool }: FoundJudge, { path, languageId }: JudgedChange, text: string): SourceFile {
  const { languageIds = {} } = tool.server ?? {};
  const extension = Object.keys(languageIds).find((each) => path.endsWith(each));
  return { path, text, languageId: extension === undefined ? languageId : languageIds[extension]! };
}
