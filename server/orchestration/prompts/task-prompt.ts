// A task's chat prompt: instructions, snippets of the project, the file around the subject, the subject itself, all
// under one token budget.
import type { Language } from '../../core/language.ts';
import type { Message } from '../../core/model.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { type Span, spanText } from '../../core/span.ts';
import type { Prompt, Requirement, RequirementFacts, Snippet } from '../../core/task.ts';
import { promptMarks } from '../../development/polish/index.ts';
import type { Feedback } from '../analysis/analysis.ts';
import { fitText, shares, type TokenCounter } from '../budget.ts';
import { instructions, proseLead, repairRequest, systemPrompt } from './instructions.ts';
import { requirementText } from './requirement-text.ts';
import { chooseSnippets, fence, type Showing, showSnippets, unseen } from './snippets.ts';

export interface TaskPromptParts extends Showing {
  readonly snapshot: Snapshot;
  readonly requirement: Requirement;
  /** What is asked for beside the requirement's own words. */
  readonly facts?: RequirementFacts;
  /** Best first. */
  readonly snippets: readonly Snippet[];
  readonly counter: TokenCounter;
  /** Tokens for everything. */
  readonly budget: number;
  readonly feedback?: Feedback;
}

/** Tokens that roles, separators and a model's own chat template add to each message. */
const messageOverhead = 8;

export function taskPrompt(parts: TaskPromptParts): Prompt {
  const { counter, budget, requirement } = parts;
  const words = fitText(counter, proseBeside(parts), share(budget, shares.prose), 'start');
  const further = parts.facts
    ? requirementText(
        requirement.kind,
        parts.facts,
        counter,
        share(budget, shares.prose) - words.tokens,
        parts,
      )
    : '';
  const task = taskText(requirement, words.text, further);
  const repair = parts.feedback ? repairMessages(parts, share(budget, shares.subject)) : [];
  const fixed =
    counter.count(systemPrompt) + counter.count(task) + countMessages(counter, repair) + 4 * messageOverhead;
  const file = fileText(parts, Math.max(0, budget - fixed));
  const left = budget - fixed - counter.count(file.text);
  const snippets = chooseSnippets(
    unseen(parts.snippets, parts.snapshot, file.shown),
    counter,
    left,
    parts.shownPath,
  );
  const shown = showSnippets(snippets, parts);

  const messages: Message[] = [
    { role: 'system', content: systemPrompt },
    { role: 'user', content: [shown, file.text, task].filter((part) => part !== '').join('\n\n') },
    ...repair,
  ];
  return { messages, snippets, tokens: countMessages(counter, messages) };
}

const share = (budget: number, percent: number): number => Math.floor((budget * percent) / 100);

/** The user's words, where they do not stand in the subject already, as a doc comment does. */
function proseBeside({ requirement: { prose, subject }, snapshot }: TaskPromptParts): string {
  const shown = spanText(snapshot.text, subject);
  const lines = prose.split('\n').map((line) => line.trim());
  return lines.every((line) => shown.includes(line)) ? '' : prose.trim();
}

function taskText({ kind, symbol, subject }: Requirement, prose: string, further: string): string {
  const name = symbol
    ? `\`${symbol.name}\``
    : subject.start === subject.end
      ? 'what is asked'
      : 'the marked code';
  const task = `Task: ${instructions[kind].replace('{symbol}', () => name)}`;
  // The task comes last: a small model goes on with whatever it has read last.
  return [prose === '' ? '' : proseLead + prose, further, task].filter((part) => part !== '').join('\n\n');
}

/** The file with the subject marked, cut around it where the budget asks for it. */
function fileText(parts: TaskPromptParts, budget: number): { text: string; shown: Span } {
  const { snapshot, requirement, counter, language, shownPath } = parts;
  const subject = fitText(
    counter,
    spanText(snapshot.text, requirement.subject),
    share(budget, shares.subject) || budget,
    'start',
  );
  const around = share(budget, shares.surroundings);
  const before = fitText(
    counter,
    snapshot.text.slice(0, requirement.subject.start),
    Math.floor(around * 0.7),
    'end',
  );
  const after = fitText(
    counter,
    snapshot.text.slice(requirement.subject.end),
    Math.floor(around * 0.3),
    'start',
  );
  const marked = `${before.text}${mark(language, promptMarks.begin)}\n${subject.text}\n${mark(language, promptMarks.end)}${after.text}`;
  return {
    text: `File \`${shownPath(snapshot.path)}\`; the code in question stands between the marks:\n${fence(marked, language)}`,
    shown: {
      start: requirement.subject.start - before.text.length,
      end: requirement.subject.end + after.text.length,
    },
  };
}

/** Marks on lines of their own, as comments, so that the code around them stays readable as code. */
function mark({ comment: { line, block } }: Language, text: string): string {
  return line ? `${line} ${text}` : block ? `${block[0]} ${text} ${block[1]}` : text;
}

function repairMessages({ feedback, counter, language }: TaskPromptParts, budget: number): Message[] {
  if (!feedback) return [];
  const problems =
    fitText(counter, feedback.problems, Math.floor(budget / 3), 'start').text ||
    feedback.problems.slice(0, 500);
  return [
    {
      role: 'assistant',
      content: fence(fitText(counter, feedback.text, Math.floor(budget / 2), 'start').text, language),
    },
    { role: 'user', content: repairRequest(problems) },
  ];
}

export const countMessages = (counter: TokenCounter, messages: readonly Message[]): number =>
  messages.reduce((sum, { content }) => sum + counter.count(content) + messageOverhead, 0);
