// `vouch doctor`: one look at everything that vouch depends on, with what to do where something is wrong.
import { resolve } from 'node:path';
import { findProjectFolder } from '../../input/settings/index.ts';
import { exitCodes, wrongUsage } from '../failure.ts';
import { folderExists } from '../places.ts';
import type { CommandContext } from '../program.ts';
import { withSession } from '../session.ts';
import type { Colors } from '../terminal.ts';
import { lookAtEndpoints } from './endpoints.ts';
import { lookAtEngine, lookAtFoundModels, lookAtGrammars } from './parts.ts';
import type { Row, Section } from './row.ts';
import { lookAtSentRequests } from './sent.ts';
import { lookAtSettings } from './settings.ts';
import { lookAtSharedIndex } from './shared-index.ts';
import { lookAtTools } from './tools.ts';
import { lookAtTrialTools } from './trial-tools.ts';
import { lookAtWorkspaceIndex } from './workspace-index.ts';

export async function doctor(context: CommandContext, parameter: string | undefined): Promise<number> {
  const { terminal, version } = context;
  const asked = resolve(parameter ?? '.');
  if (!folderExists(asked)) throw wrongUsage(`${asked} is not a folder`);
  const folder = findProjectFolder(asked);
  const show = ({ title, rows }: Section): boolean => {
    terminal.progress('');
    terminal.out(
      `${terminal.colors.bold(title)}\n${rows.map((row) => printRow(row, terminal.colors)).join('\n')}\n`,
    );
    return rows.some(({ state }) => state === 'bad');
  };

  return withSession(context, [folder], async ({ workbench, run, loaded }) => {
    const inForce = loaded.get(folder)!;
    const configured = Object.values(inForce.settings.models).some((endpoint) => endpoint !== undefined);
    // One after another, each shown as it is known: the slow ones (servers, the engine) come last.
    const bad = [
      show({
        title: 'vouch',
        rows: [{ state: 'good', text: `${version} on Node ${process.versions.node}` }],
      }),
      show({ title: 'Settings', rows: lookAtSettings(inForce, folder) }),
      show({ title: 'Tools', rows: await lookAtTools() }),
      show({ title: 'Judges and sandbox', rows: await lookAtTrialTools(workbench, folder) }),
      show({ title: 'Grammars', rows: await lookAtGrammars(run, workbench) }),
      show({
        title: 'Models',
        rows: [
          ...(await lookAtEndpoints(inForce.settings, inForce.origins)),
          ...lookAtFoundModels((await workbench.status()).models, configured),
        ],
      }),
      ...(inForce.settings.index
        ? [
            show({
              title: 'Team index',
              rows: await lookAtSharedIndex(run, context.sharedIndex, inForce.settings.index, folder),
            }),
          ]
        : []),
      show({ title: 'What was sent last', rows: await lookAtSentRequests(Date.now()) }),
      show({ title: 'Index of the workspace', rows: await lookAtWorkspaceIndex(run, workbench) }),
      show({ title: 'Completion without a model', rows: await lookAtEngine(run, workbench) }),
    ];
    const isBad = bad.includes(true);
    terminal.out(
      isBad ? terminal.colors.red('Something is wrong: see ✗ above.') : terminal.colors.green('All is well.'),
    );
    return isBad ? exitCodes.found : exitCodes.clean;
  });
}

const marks: Record<Row['state'], { mark: string; color: 'green' | 'yellow' | 'red' | 'dim' }> = {
  good: { mark: '✓', color: 'green' },
  missing: { mark: '–', color: 'yellow' },
  bad: { mark: '✗', color: 'red' },
  fact: { mark: '·', color: 'dim' },
};

function printRow({ state, text, advice }: Row, colors: Colors): string {
  const { mark, color } = marks[state];
  const row = `  ${colors[color](mark)} ${text}`;
  return advice === undefined ? row : `${row}\n    ${colors.dim('→')} ${advice}`;
}
