// Special tokens of models that leaked into the text: an answer ends at the first one.
import { sentinelTokens } from '../models/fim-templates.ts';
import type { Filter } from './context.ts';

/** Tokens at the beginning are dropped, and everything from the first one after that. Those that the file holds itself are text. */
export const withoutSentinels: Filter = (text, { before, after, replaced }) => {
  if (!/[<[]/.test(text)) return text;
  const tokens = sentinelTokens.filter(
    (token) => text.includes(token) && ![before, after, replaced].some((part) => part.includes(token)),
  );
  if (tokens.length === 0) return text;
  let rest = text;
  for (let again = true; again; ) {
    const lead = tokens.find((token) => rest.trimStart().startsWith(token));
    again = lead !== undefined;
    if (lead !== undefined) rest = rest.trimStart().slice(lead.length);
  }
  const ends = tokens.map((token) => rest.indexOf(token)).filter((at) => at >= 0);
  return ends.length === 0 ? rest : rest.slice(0, Math.min(...ends));
};
