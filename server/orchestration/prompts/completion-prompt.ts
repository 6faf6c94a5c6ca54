// A completion's prompt: fill-in-the-middle parts, and the same as a chat for endpoints that cannot fill.
import type { Message } from '../../core/model.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Prompt, Snippet } from '../../core/task.ts';
import { promptMarks } from '../../development/polish/index.ts';
import { fimShares, fitText, type TokenCounter } from '../budget.ts';
import { completionSystemPrompt } from './instructions.ts';
import { chooseSnippets, commentSnippets, fence, type Showing, showSnippets, unseen } from './snippets.ts';
import { countMessages } from './task-prompt.ts';

export interface CompletionPromptParts extends Showing {
  readonly snapshot: Snapshot;
  readonly offset: number;
  readonly snippets: readonly Snippet[];
  readonly counter: TokenCounter;
  readonly budget: number;
  readonly multiline: boolean;
}

export interface CompletionPrompt {
  readonly prompt: Prompt;
  readonly fim: { readonly prefix: string; readonly suffix: string; readonly context: string };
}

export function completionPrompt(parts: CompletionPromptParts): CompletionPrompt {
  const { snapshot, offset, counter, budget, language } = parts;
  const instructionTokens = counter.count(completionSystemPrompt) + 64;
  const available = Math.max(0, budget - instructionTokens);
  const share = (percent: number): number => Math.floor((available * percent) / 100);
  const prefix = fitText(counter, snapshot.text.slice(0, offset), share(fimShares.prefix), 'end');
  const suffix = fitText(counter, snapshot.text.slice(offset), share(fimShares.suffix), 'start');
  const left = available - prefix.tokens - suffix.tokens;
  const shown = { start: offset - prefix.text.length, end: offset + suffix.text.length };
  const snippets = chooseSnippets(unseen(parts.snippets, snapshot, shown), counter, left, parts.shownPath);

  const messages: Message[] = [
    { role: 'system', content: completionSystemPrompt },
    {
      role: 'user',
      content: [
        showSnippets(snippets, parts),
        `File \`${parts.shownPath(snapshot.path)}\`:\n${fence(`${prefix.text}${promptMarks.cursor}${suffix.text}`, language)}`,
        parts.multiline
          ? 'Insert the next line or lines, up to the end of the block.'
          : 'Insert the rest of the line.',
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
  ];
  return {
    prompt: { messages, snippets, tokens: countMessages(counter, messages) },
    fim: { prefix: prefix.text, suffix: suffix.text, context: commentSnippets(snippets, parts) },
  };
}
