// A server process over a workbench that knows nothing but holds a timer open, as one with workers would: for tests of
// how the process ends.
import { defaultSettings } from '../../server/core/settings.ts';
import { serveProcess } from '../../server/lsp/process.ts';
import { scriptedWorkbench } from './scripted-workbench.ts';

await serveProcess(process.argv.slice(2), {
  version: '0.0.0',
  async createWorkbench() {
    const working = setInterval(() => undefined, 1_000);
    return scriptedWorkbench({
      async dispose() {
        clearInterval(working);
        process.stderr.write('disposed\n');
      },
    });
  },
  trustFolder: async () => undefined,
  loadSettings: async () => ({ settings: defaultSettings, problems: [] }),
});
