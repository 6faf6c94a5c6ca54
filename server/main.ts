#!/usr/bin/env node
// The command: hands over to the editor's door or to the terminal's, and loads only what that one needs.
import packageJson from '../package.json' with { type: 'json' };
import { checkPage } from './core/package-files.ts';
import type {
  EvidenceOfCommit,
  SharedIndexTools,
  Workbench,
  WorkbenchEvents,
} from './orchestration/workbench.ts';

/** How an editor says which pipe to speak through; `--clientProcessId` comes along from some. */
const transport = /^--(stdio|node-ipc|socket|pipe)(=|$)/;

async function openWorkbench(events: WorkbenchEvents): Promise<Workbench> {
  const { createWorkbench } = await import('./orchestration/create-workbench.ts');
  return createWorkbench(events);
}

/** Loaded by the commands that need it. */
const sharedIndex: SharedIndexTools = {
  async fill(...asked) {
    const { sharedIndexTools } = await import('./orchestration/shared-index.ts');
    return sharedIndexTools.fill(...asked);
  },
  async look(...asked) {
    const { sharedIndexTools } = await import('./orchestration/shared-index.ts');
    return sharedIndexTools.look(...asked);
  },
};

const evidenceOfCommit: EvidenceOfCommit = async (...asked) => {
  const evidence = await import('./orchestration/evidence/of-commit.ts');
  return evidence.evidenceOfCommit(...asked);
};

const parameters = process.argv.slice(2);
if (parameters.some((parameter) => transport.test(parameter))) {
  const { serveProcess } = await import('./lsp/process.ts');
  await serveProcess(parameters, {
    version: packageJson.version,
    createWorkbench: openWorkbench,
    async loadSettings(folder, client) {
      const { describeProblem, loadSettings } = await import('./input/settings/index.ts');
      const { settings, problems } = await loadSettings({ folder, client });
      return { settings, problems: problems.map(describeProblem) };
    },
    async trustFolder(folder) {
      const { trustFolder } = await import('./input/settings/index.ts');
      await trustFolder(folder);
    },
    checkPage,
  });
} else {
  const { runCommandLine } = await import('./cli/program.ts');
  process.exitCode = await runCommandLine(parameters, openWorkbench, { sharedIndex, evidenceOfCommit });
}
