// Special tokens of models that leaked into the text: an answer ends at the first one.
import { sentinelTokens } from '../models/fim-templates.ts';
import type { Filter } from './context.ts';

/** Tokens that nobody writes in code. Others (`</s>`, `[PREFIX]`) may well be meant, except at the border of an answer. */
const unmistakable = /[|｜▁]|fim/;

/** Tokens that end an answer, wherever they stand. */
const ends = /end|eo[ts]|^<\/s>$/i;

/** Tokens at the beginning are dropped, and everything from the first one after that. Those that the file holds itself are text. */
export const withoutSentinels: Filter = (text, { before, after, replaced }) => {
  if (!/[<[]/.test(text)) return text;
  const tokens = sentinelTokens.filter(
    (token) => text.includes(token) && ![before, after, replaced].some((part) => part.includes(token)),
  );
  if (tokens.length === 0) return text;
  const rest = withoutLead(text, tokens);
  const positions = tokens.filter((token) => unmistakable.test(token)).map((token) => rest.indexOf(token));
  const found = positions.filter((at) => at >= 0);
  return withoutEnd(found.length === 0 ? rest : rest.slice(0, Math.min(...found)), tokens);
};

function withoutLead(text: string, tokens: readonly string[]): string {
  const start = text.trimStart();
  const lead = tokens.find((token) => start.startsWith(token));
  // An answer that begins with its end is none.
  if (lead !== undefined && ends.test(lead) && !/fim|header/.test(lead)) return '';
  return lead === undefined ? text : withoutLead(start.slice(lead.length), tokens);
}

function withoutEnd(text: string, tokens: readonly string[]): string {
  const end = text.trimEnd();
  const last = tokens.find((token) => end.endsWith(token));
  return last === undefined ? text : withoutEnd(end.slice(0, -last.length), tokens);
}
