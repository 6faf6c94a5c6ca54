// What is known of a generated piece of code, in words: for hovers, completion details, lenses and messages.
import { type MarkupContent, MarkupKind } from 'vscode-languageserver';
import { isFault } from '../core/finding.ts';
import type { CheckRecord, Evidence, Verdict } from '../core/task.ts';
import type { Validation } from '../orchestration/workbench.ts';

const verdicts: Readonly<Record<Verdict, string>> = {
  vouched: 'Vouched',
  checked: 'Checked',
  doubtful: 'Doubtful',
};

const marks: Readonly<Record<CheckRecord['outcome'], string>> = {
  passed: '✓',
  failed: '✗',
  'not-run': '–',
};

const outcomes: Readonly<Record<CheckRecord['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  'not-run': 'not run',
};

/** One line: "Vouched: 5 checks passed, 1 not run". */
export function evidenceLine({ verdict, checks }: Evidence): string {
  const counts = (['passed', 'failed', 'not-run'] as const)
    .map((outcome) => ({ outcome, count: checks.filter((check) => check.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }, index) => `${count}${index === 0 ? plural(count) : ''} ${outcomes[outcome]}`);
  return `${verdicts[verdict]}: ${counts.join(', ') || 'nothing was checked'}`;
}

/** One line: "2 findings; passed: checks, types/pyright; not run: tests/failed (no test names it)". */
export function validationLine({ findings, checks }: Validation): string {
  const count = findings.filter(isFault).length;
  const named = (outcome: CheckRecord['outcome']): string =>
    checks
      .filter((one) => one.outcome === outcome)
      .map(({ name, note }) => (note ? `${name} (${oneLine(note)})` : name))
      .join(', ');
  const parts = (['passed', 'failed', 'not-run'] as const)
    .map((outcome) => ({ outcome, names: named(outcome) }))
    .filter(({ names }) => names !== '')
    .map(({ outcome, names }) => `${outcomes[outcome]}: ${names}`);
  const found = count === 0 ? 'Nothing found' : `${count} ${count === 1 ? 'finding' : 'findings'}`;
  return [found, ...parts].join('; ');
}

const plural = (count: number): string => (count === 1 ? ' check' : ' checks');

/** All of it, as markdown or plain text. */
export function evidenceText(evidence: Evidence, markdown: boolean): MarkupContent {
  const { model, repairs, samples, usage, milliseconds, checks, findings, reasons = [] } = evidence;
  const code = (text: string): string => (markdown ? `\`${text}\`` : text);
  const [verdict, rest] = evidenceLine(evidence).split(/(?=:)/, 2) as [string, string];
  const origin = [
    `written by ${code(model)}`,
    ...(samples === undefined ? [] : [`the best of ${samples} answers`]),
    ...(repairs > 0 ? [`${repairs} ${repairs === 1 ? 'repair' : 'repairs'}`] : []),
    ...(usage ? [`${usage.inputTokens + usage.outputTokens} tokens`] : []),
    `${(milliseconds / 1000).toFixed(1)} s`,
  ];
  const lines = [
    `${markdown ? `**${verdict}**` : verdict}${rest} (${origin.join(', ')})`,
    '',
    ...checks.map(
      ({ name, outcome, note, tool }) =>
        `- ${marks[outcome]} ${code(name)}${tool ? ` by ${oneLine(tool)}` : ''}${note ? `: ${oneLine(note)}` : ''}`,
    ),
    ...(reasons.length > 0 ? ['', `Chosen because ${reasons.map(oneLine).join('; ')}.`] : []),
    ...(findings.length > 0 ? ['', ...findings.map(({ message }) => `- ${oneLine(message)}`)] : []),
  ];
  return {
    kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: lines.join('\n'),
  };
}

/** A fenced block whose fence is longer than any in the code. */
export function codeBlock(languageId: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${languageId}\n${code}\n${fence}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
