// `vouch evidence`: what was checked on the generated code of a commit, for people or as an attestation that others verify.
import { resolve } from 'node:path';
import { detachedRun } from '../core/run.ts';
import type { CheckRecord } from '../core/task.ts';
import { findProjectFolder } from '../input/settings/index.ts';
import type { CommitEvidence, FileEvidence } from '../orchestration/workbench.ts';
import { CommandFailure, exitCodes } from './failure.ts';
import { createPositions } from './places.ts';
import type { CommandContext } from './program.ts';
import type { Colors } from './terminal.ts';
import { printEvidence } from './try/print.ts';

/** The type of an in-toto statement, https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md. */
const statementType = 'https://in-toto.io/Statement/v1';

/** Names the form of the predicate below; it changes with that. */
const predicateType = 'urn:vouch-lsp:evidence:v1';

export async function evidence(
  context: CommandContext,
  revision: string | undefined,
  options: { readonly format: 'pretty' | 'json' },
): Promise<number> {
  const folder = findProjectFolder(resolve('.'));
  const run = detachedRun(() => undefined, context.signal);
  const found = await context.evidenceOfCommit(run, folder, revision ?? 'HEAD').catch((error: unknown) => {
    if (context.signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`nothing can be told of ${revision ?? 'HEAD'}: ${reason}`, exitCodes.usage);
  });
  const { terminal, version } = context;
  terminal.out(
    options.format === 'json'
      ? JSON.stringify(statementOf(found, version), null, 2)
      : printed(found, terminal.colors),
  );
  return exitCodes.clean;
}

/** An in-toto attestation, unsigned: whoever has a key wraps and signs it. */
function statementOf({ commit, files }: CommitEvidence, version: string): object {
  return {
    _type: statementType,
    subject: [
      { name: 'commit', digest: { gitCommit: commit } },
      ...files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    ],
    predicateType,
    predicate: {
      generator: { name: 'vouch', version },
      regions: files.flatMap((file) => regionsOf(file)),
    },
  };
}

function regionsOf({ path, text, regions }: FileEvidence): object[] {
  const positions = createPositions(text);
  return regions.map(({ span, record: { at, accepted, imprint, evidence: known } }) => ({
    path,
    range: { start: positions.at(span.start), end: positions.at(span.end) },
    digest: { sha256: imprint.digest },
    verdict: known.verdict,
    acceptedByUser: accepted,
    checked: new Date(at).toISOString(),
    ...byOutcome(known.checks),
    findings: known.findings.map(({ check, severity, message }) => ({ check, severity, message })),
    ...(known.reasons && { reasons: known.reasons }),
    model: known.model,
    ...(known.usage && { tokens: known.usage }),
    samples: known.samples ?? 1,
    repairs: known.repairs,
    milliseconds: Math.round(known.milliseconds),
  }));
}

const byOutcome = (checks: readonly CheckRecord[]): Record<string, object[]> => {
  const of = (outcome: CheckRecord['outcome']) =>
    checks.filter((one) => one.outcome === outcome).map(({ outcome: _, ...rest }) => rest);
  return { passed: of('passed'), failed: of('failed'), notChecked: of('not-run') };
};

function printed({ commit, files }: CommitEvidence, colors: Colors): string {
  if (files.length === 0) {
    return `${commit.slice(0, 12)} brings no code that vouch wrote here and that still stands as it was checked`;
  }
  return files
    .flatMap(({ path, text, regions }) => {
      const positions = createPositions(text);
      return regions.map(({ span, record }) => {
        const lines = `${positions.at(span.start).line + 1}-${positions.at(span.end).line + 1}`;
        return `${colors.bold(`${path}:${lines}`)}\n${printEvidence(record.evidence, colors)}`;
      });
    })
    .join('\n\n');
}
