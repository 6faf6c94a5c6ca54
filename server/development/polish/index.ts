// The clean-ups in their order: from what an answer is wrapped in, over what it repeats, to how it is laid out.
import type { Draft } from '../../core/task.ts';
import type { Filter, PolishContext } from './context.ts';
import { withoutEcho } from './echo.ts';
import { unfenced } from './fences.ts';
import { indented } from './indentation.ts';
import { levelled } from './level.ts';
import { withoutMarks } from './marks.ts';
import { withoutOverlapAfter } from './overlap-after.ts';
import { withoutOverlapBefore } from './overlap-before.ts';
import { withoutProse } from './prose.ts';
import { withoutRepetition } from './repetition.ts';
import { toScope } from './scope.ts';
import { withoutSentinels } from './sentinels.ts';
import { withoutThinking } from './thinking.ts';
import { trimmed } from './trailing.ts';
import { withoutUnfinished } from './unfinished.ts';
import { inUnit } from './unit.ts';

export { promptMarks } from './marks.ts';
export type { PolishContext };

export const filters: readonly { readonly name: string; readonly apply: Filter }[] = [
  { name: 'thinking', apply: withoutThinking },
  { name: 'sentinels', apply: withoutSentinels },
  { name: 'fences', apply: unfenced },
  { name: 'prose', apply: withoutProse },
  { name: 'marks', apply: withoutMarks },
  { name: 'unit', apply: inUnit },
  { name: 'level', apply: levelled },
  { name: 'overlap-before', apply: withoutOverlapBefore },
  { name: 'echo', apply: withoutEcho },
  { name: 'repetition', apply: withoutRepetition },
  { name: 'scope', apply: toScope },
  { name: 'overlap-after', apply: withoutOverlapAfter },
  { name: 'unfinished', apply: withoutUnfinished },
  // Before the indentation, which gives a replacement the white space that the target ends with.
  { name: 'trailing', apply: trimmed },
  { name: 'indentation', apply: indented },
];

/** More than this is not polished: no target in one file needs it, and the filters are quadratic in places. */
const maximumLength = 200_000;

/**
 * A model's text on its way to the buffer. Empty when nothing of it was usable.
 * @returns the draft with the file's own line breaks.
 */
export function polish(draft: Draft, context: PolishContext): Draft {
  const breaks = lineBreaks(context);
  const place: PolishContext = {
    ...context,
    before: toNewlines(context.before),
    after: toNewlines(context.after),
    replaced: toNewlines(context.replaced),
  };
  let text = toNewlines(draft.text.slice(0, maximumLength));
  let seen = place;
  for (const { name, apply } of filters) {
    const next = apply(text, seen);
    // Only an opening fence says so: a closing one alone ends what was written in place.
    if (name === 'fences' && !text.startsWith(next)) seen = { ...place, fenced: true };
    text = next;
    if (text.trim() === '') return { ...draft, text: '' };
  }
  return { ...draft, text: breaks === '\n' ? text : text.replaceAll('\n', breaks) };
}

const lineBreaks = ({ before, after }: PolishContext): string => {
  const crlf = before.indexOf('\r\n');
  const found = crlf >= 0 ? crlf : after.indexOf('\r\n');
  return found >= 0 ? '\r\n' : '\n';
};

const toNewlines = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
