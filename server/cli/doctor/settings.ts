// Which settings are in force, where each is from, what is wrong with the sources, and whether the folder is trusted.
import { describeOrigin, describeProblem, type LoadedSettings } from '../../input/settings/index.ts';
import type { Row } from './row.ts';

export function lookAtSettings(
  { settings, origins, problems, files, trusted }: LoadedSettings,
  folder: string,
): Row[] {
  const rows: Row[] = files.map(({ kind, path, exists }) => ({
    state: exists ? 'good' : 'fact',
    text: `${kind === 'user' ? 'yours' : "the project's"}: ${path}${exists ? '' : ' (none)'}`,
  }));
  rows.push({
    state: 'fact',
    text: trusted ? `${folder} is trusted` : `${folder} is not trusted (vouch trust ${folder})`,
  });
  for (const problem of problems) {
    rows.push({
      state: problem.kind === 'untrusted' ? 'missing' : 'bad',
      text: describeProblem(problem),
      ...(problem.kind !== 'untrusted' && {
        advice: 'correct it there; everything else in the file is in force',
      }),
    });
  }
  for (const [key, from] of Object.entries(origins)) {
    const value = settingAt(settings, key);
    // Endpoints have rows of their own.
    if (key.startsWith('models.') || from.every(({ kind }) => kind === 'default')) continue;
    rows.push({
      state: 'fact',
      text: `${key} = ${JSON.stringify(value)} (${from.map(describeOrigin).join(', ')})`,
    });
  }
  return rows;
}

/** Check names hold no dot, so that a dotted key leads to its value. */
const settingAt = (settings: unknown, key: string): unknown =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], settings);
