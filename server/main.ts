#!/usr/bin/env node
// The command: hands over to the editor's door or to the terminal's, and loads only what that one needs.

/** How an editor says which pipe to speak through; `--clientProcessId` comes along from some. */
const transport = /^--(stdio|node-ipc|socket|pipe)(=|$)/;

const parameters = process.argv.slice(2);
if (parameters.some((parameter) => transport.test(parameter))) {
  const { startServer } = await import('./lsp/server.ts');
  startServer();
} else {
  const { runCommandLine } = await import('./cli/program.ts');
  process.exitCode = await runCommandLine(parameters, async (events) => {
    const { createWorkbench } = await import('./orchestration/create-workbench.ts');
    return createWorkbench(events, { threads: false });
  });
}
