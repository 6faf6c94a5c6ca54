// The parts of vouch itself at work: grammars, the embedded engine, and model servers that were found.
import type { Run } from '../../core/run.ts';
import type { EngineStatus, ModelStatus, Workbench } from '../../orchestration/workbench.ts';
import { plural } from '../check/pretty.ts';
import { engineReady } from '../engine-ready.ts';
import type { Row } from './row.ts';

/** Loads every grammar by opening an empty document of its language, and says which parser each got. */
export async function lookAtGrammars(run: Run, workbench: Workbench): Promise<Row[]> {
  for (const { id } of workbench.languages) {
    const uri = `untitled:doctor-${id}`;
    workbench.documents.open({ uri, path: '', languageId: id, version: 1, text: '' });
    await workbench.diagnose(run, uri);
    workbench.documents.close(uri);
  }
  const { grammars } = await workbench.status();
  const parsers = new Map<string, string[]>();
  for (const { id, name } of workbench.languages) {
    const parser = grammars[id];
    if (parser !== undefined) parsers.set(parser, [...(parsers.get(parser) ?? []), name]);
  }
  const rows: Row[] = [...parsers].map(([parser, names]) => ({
    state: 'good',
    text: `${parser}: ${names.join(', ')}`,
  }));
  const broken = workbench.languages.filter(({ id }) => grammars[id] === undefined).map(({ name }) => name);
  if (broken.length > 0) {
    rows.push({
      state: 'bad',
      text: `not loaded: ${broken.join(', ')}`,
      advice: 'install vouch anew: files of its package are missing or damaged (VOUCH_DEBUG=1 shows which)',
    });
  }
  return rows;
}

export async function lookAtEngine(run: Run, workbench: Workbench): Promise<Row[]> {
  const status = await engineReady(run, workbench);
  return [engineRow(status), ...Object.entries(status.leftOut).map(leftOutRow)];
}

const engineRow = ({ ready, files, bytes }: EngineStatus): Row => ({
  state: ready ? 'good' : 'missing',
  text: `embedded engine: ${plural(files, 'file')}, ${(bytes / 1_000_000).toFixed(1)} MB read${ready ? '' : ', still reading'}`,
});

const leftOutRow = ([reason, count]: [string, number]): Row => ({
  state: 'fact',
  text: `left out: ${plural(count, 'file')} (${reason})`,
});

/** Servers that nobody configured; those that were are looked at one by one. */
export function lookAtFoundModels(models: readonly ModelStatus[], configured: boolean): Row[] {
  if (models.length === 0 && !configured) {
    return [
      {
        state: 'missing',
        text: 'no model: completion by the embedded engine, checks and quick fixes work; actions that write code do not',
        advice:
          'start a model server on this machine (for one, `ollama pull qwen2.5-coder:7b`), or name an endpoint in models.default',
      },
    ];
  }
  if (configured) return [];
  return models.map(({ role, model, endpoint, origin, state, message }) => ({
    state: state === 'failed' ? 'bad' : 'good',
    text: `${role}: ${model} at ${endpoint} (${origin})${message === undefined ? '' : `: ${message}`}`,
    ...(state === 'failed' && { advice: 'see that the server runs and has a model' }),
  }));
}
