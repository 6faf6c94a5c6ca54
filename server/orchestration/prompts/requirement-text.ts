// What a task asks for beyond its own words, as a prompt says it: demands, sections referred to, tests that name the subject.
import type { ConstraintKind } from '../../core/constraints.ts';
import type { RequirementFacts, TaskKind } from '../../core/task.ts';
import { fitText, type TokenCounter } from '../budget.ts';
import { fence, type Showing } from './snippets.ts';

/** One plain sentence a demand: small models follow an order better than a half-sentence of prose. */
const demands: Record<ConstraintKind, string> = {
  'no-network': 'do not use the network',
  'no-filesystem': 'do not touch the file system',
  'no-dependencies': 'use no packages beside the standard library',
  'no-recursion': 'do not recurse',
  'no-loops': 'use no loops',
  'no-mutation': 'do not change the arguments',
  'no-globals': 'use no global state',
  'no-regex': 'use no regular expressions',
  'no-eval': 'do not evaluate text as code',
  'no-allocation': 'do not allocate',
  'no-exceptions': 'throw nothing',
  'no-logging': 'print and log nothing',
  pure: 'have no side effects',
  deterministic: 'be deterministic',
  'thread-safe': 'be safe for use by several threads',
  reentrant: 'be reentrant',
  async: 'do not block',
  'constant-time': 'take the same time whatever the values are',
  time: 'run in {bound}',
  space: 'need no more memory than {bound}',
  'in-place': 'work in place',
  stable: 'keep the order of equal elements',
  idempotent: 'be idempotent',
};

/** Kinds of tasks that write code, for which demands hold and tests must pass. */
const writesCode = new Set<TaskKind>(['implement', 'rewrite', 'fix']);

/** Shares of the budget for facts, in per cent: what is referred to says what is asked, tests only show it. */
const shares = { references: 60, tests: 40 } as const;

/**
 * Empty where there is nothing to say.
 * @param budget tokens for all of it.
 */
export function requirementText(
  kind: TaskKind,
  facts: RequirementFacts,
  counter: TokenCounter,
  budget: number,
  { language, shownPath }: Showing,
): string {
  if (kind === 'document') return '';
  const parts: string[] = [];
  let left = Math.floor((budget * shares.references) / 100);
  for (const { label, path, text } of facts.references) {
    const shown = fitText(counter, text, left, 'start');
    if (shown.text.trim() === '') continue;
    left -= shown.tokens;
    parts.push(`What \`${label}\` says (\`${shownPath(path)}\`):\n${quote(shown.text)}`);
  }
  let forTests = Math.floor((budget * shares.tests) / 100);
  for (const { name, path, text } of writesCode.has(kind) ? facts.tests : []) {
    const tokens = counter.count(text);
    // Half a test shows nothing.
    if (tokens > forTests) continue;
    forTests -= tokens;
    parts.push(`Test \`${name}\` (\`${shownPath(path)}\`), which must pass:\n${fence(text, language)}`);
  }
  if (writesCode.has(kind) && facts.constraints.length > 0) {
    const list = facts.constraints.map(
      (one) => `- ${demands[one.kind].replace('{bound}', () => one.bound ?? '')}`,
    );
    parts.push(`It must:\n${list.join('\n')}`);
  }
  return parts.join('\n\n');
}

const quote = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
