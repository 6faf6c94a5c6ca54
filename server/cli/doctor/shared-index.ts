// Whether the index that a team keeps answers, where the user's settings name one.
import type { Run } from '../../core/run.ts';
import type { SharedIndexSettings } from '../../core/settings.ts';
import type { SharedIndexTools } from '../../orchestration/workbench.ts';
import { plural } from '../check/pretty.ts';
import type { Row } from './row.ts';

export async function lookAtSharedIndex(
  run: Run,
  tools: SharedIndexTools,
  address: SharedIndexSettings,
  folder: string,
): Promise<Row[]> {
  if (address.passwordEnv !== undefined && !process.env[address.passwordEnv]) {
    return [
      {
        state: 'bad',
        text: `the variable ${address.passwordEnv}, which is to hold its password, is not set`,
        advice: `set ${address.passwordEnv} where your editor is started from`,
      },
    ];
  }
  try {
    const { project, files, symbols, address: shown } = await tools.look(run, address, folder);
    return files === 0
      ? [
          {
            state: 'missing',
            text: `${shown}: nothing of ${project}`,
            advice: `fill it: vouch index ${folder}`,
          },
        ]
      : [
          {
            state: 'good',
            text: `${shown}: ${plural(files, 'file')}, ${plural(symbols, 'declaration')} of ${project}`,
          },
        ];
  } catch (error) {
    const missing =
      (error as { code?: string }).code === '42P01' || (error as { code?: string }).code === '3F000';
    const reason = error instanceof Error ? error.message || error.name : String(error);
    return [
      missing
        ? { state: 'missing', text: 'nobody has filled it yet', advice: `fill it: vouch index ${folder}` }
        : {
            state: 'bad',
            text: `${reason}`,
            advice: 'start the server, or correct index.url in your settings',
          },
    ];
  }
}
