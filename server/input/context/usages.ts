// How the symbol around the place is used: its callers and its tests.
import { overlaps } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { declarationExcerpt, excerpt } from './excerpt.ts';
import { callLines, maxCallers, maxTests } from './limits.ts';
import type { Source } from './source.ts';
import { symbolAround } from './symbol-around.ts';

export const callers: Source = async (run, question) => {
  const { index, project, snapshot } = question;
  const symbol = symbolAround(question);
  if (!index || !symbol) return [];
  const uses = await index.callers(run, symbol.name, snapshot.path, maxCallers);
  return uses.flatMap(({ path, span, inside }): Snippet[] => {
    // A call inside of the declaration itself is a part of what is shown anyway.
    if (path === snapshot.path && overlaps(span, symbol.span)) return [];
    const about = inside ? `\`${inside.name}\` calls \`${symbol.name}\`` : `calls \`${symbol.name}\``;
    const found = excerpt(project, path, span, callLines, { reason: about, score: 0.55 });
    return found ? [found] : [];
  });
};

export const tests: Source = async (run, question) => {
  const { index, project, snapshot } = question;
  const symbol = symbolAround(question);
  if (!index || !symbol) return [];
  const found = await index.testsOf(run, symbol.name, snapshot.path, maxTests);
  return found.flatMap((test) => {
    if (test.path === snapshot.path) return [];
    const about = { reason: `tests \`${symbol.name}\``, score: 0.65 };
    return declarationExcerpt(project, test, about) ?? [];
  });
};
