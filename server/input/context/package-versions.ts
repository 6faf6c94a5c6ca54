// Versions of the packages that the file imports: what may be called depends on them.
import type { Snippet } from '../../core/task.ts';
import { maxPackages } from './limits.ts';
import { asComment, covering } from './skeleton.ts';
import type { Source } from './source.ts';

export const packageVersions: Source = (_run, { file, project, snapshot, language }, nearby) => {
  const found = new Map<string, { version: string; close: number }>();
  for (const { module, names, namespace } of file.facts.imports) {
    const target = project.packageOf(snapshot.path, language.id, module);
    if ((target.kind !== 'declared' && target.kind !== 'installed') || target.version === undefined) continue;
    const locals = [...names.map(({ local }) => local), ...(namespace === undefined ? [] : [namespace])];
    const close = Math.max(0, ...locals.map(nearby.closeness));
    const before = found.get(target.name);
    found.set(target.name, { version: target.version, close: Math.max(close, before?.close ?? 0) });
  }
  if (found.size === 0) return [];
  const nearest = [...found].sort(([, a], [, b]) => b.close - a.close).slice(0, maxPackages);
  const list = nearest.map(([name, { version }]) => `${name} ${version}`).join(', ');
  const snippet: Snippet = {
    path: snapshot.path,
    span: covering(file.facts.imports.map(({ span }) => span)),
    text: asComment(list, language),
    note: true,
    reason: 'versions of the packages it imports',
    score: 0.45 + 0.2 * Math.max(...nearest.map(([, { close }]) => close)),
  };
  return [snippet];
};
