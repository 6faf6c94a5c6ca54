// What is known of a generated piece of code, in words: for hovers, completion details, lenses and messages.
import { type MarkupContent, MarkupKind } from 'vscode-languageserver';
import type { CheckRecord, Evidence, Verdict } from '../core/task.ts';

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

const plural = (count: number): string => (count === 1 ? ' check' : ' checks');

/** All of it, as markdown or plain text. */
export function evidenceText(evidence: Evidence, markdown: boolean): MarkupContent {
  const { model, repairs, milliseconds, checks, findings } = evidence;
  const code = (text: string): string => (markdown ? `\`${text}\`` : text);
  const [verdict, rest] = evidenceLine(evidence).split(/(?=:)/, 2) as [string, string];
  const origin = [
    `written by ${code(model)}`,
    ...(repairs > 0 ? [`${repairs} ${repairs === 1 ? 'repair' : 'repairs'}`] : []),
    `${(milliseconds / 1000).toFixed(1)} s`,
  ];
  const lines = [
    `${markdown ? `**${verdict}**` : verdict}${rest} (${origin.join(', ')})`,
    '',
    ...checks.map(
      ({ name, outcome, note }) => `- ${marks[outcome]} ${code(name)}${note ? `: ${oneLine(note)}` : ''}`,
    ),
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
