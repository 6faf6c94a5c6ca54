// Functions of the workspace that have most in common with the place: how such things are done here.
import { overlaps, span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { declarationExcerpt } from './excerpt.ts';
import { maxSimilar, maxSimilarTerms } from './limits.ts';
import type { Source } from './source.ts';
import { subwords } from './subwords.ts';
import { symbolAround } from './symbol-around.ts';

const words = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

export const similar: Source = async (run, question, nearby) => {
  const { index, project, snapshot, file, offset, subject } = question;
  if (!index) return [];
  const symbol = symbolAround(question);
  const here = subject ?? symbol?.span ?? span(offset, offset);
  const about = symbol
    ? spanText(file.text, span(symbol.span.start, Math.max(offset, symbol.signature.end)))
    : '';
  const recent = nearby.place.before.slice(-maxSimilarTerms / 4).flatMap((line) => line.words);
  const identifiers = [...(symbol ? [symbol.name] : []), ...(about.match(words) ?? []), ...recent];
  const terms = [...new Set(identifiers.flatMap(subwords))].filter(({ length }) => length > 1);
  if (terms.length === 0) return [];
  const found = await index.similar(run, terms.slice(0, maxSimilarTerms), snapshot.path, maxSimilar + 2);
  const others = found.filter((each) => each.path !== snapshot.path || !overlaps(each.span, here));
  return others.slice(0, maxSimilar).flatMap((each, rank): Snippet[] => {
    const shown = declarationExcerpt(project, each, { reason: 'similar code', score: 0.5 - rank * 0.05 });
    return shown ? [shown] : [];
  });
};
