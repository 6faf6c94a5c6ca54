// What is known of a generated piece of code, in words: for hovers, completion details, lenses and messages.
import { type MarkupContent, MarkupKind } from 'vscode-languageserver';
import { isFault } from '../core/finding.ts';
import type { CheckRecord, Evidence, Verdict } from '../core/task.ts';
import type { Validation } from '../orchestration/workbench.ts';
import { shorten } from './notices.ts';

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

/** One line: "2 findings; failed: types/pyright (2 findings); not run: tests/failed (no test names it); passed: checks". */
export function validationLine({ findings, checks }: Validation): string {
  const count = findings.filter(isFault).length;
  const found = count === 0 ? 'Nothing found' : `${count} ${count === 1 ? 'finding' : 'findings'}`;
  return [found, ...named(checks, 'failed'), ...named(checks, 'not-run'), ...named(checks, 'passed')].join(
    '; ',
  );
}

/** Characters of a note or a finding in a message, which is cut as a whole: one must not hide the others. */
const longestPart = 90;
/** Findings and reasons in a message; the hover has all of them. */
const mostTold = 2;

/**
 * For a message, which is short: what speaks against it comes first, then why it was chosen, and of the checks that passed
 * those by programs, since the others are counted.
 */
export function evidenceMessage(evidence: Evidence): string {
  const { checks, findings, reasons = [] } = evidence;
  const told = (texts: readonly string[]): string =>
    texts
      .slice(0, mostTold)
      .map((text) => shorten(oneLine(text), longestPart))
      .join('; ');
  return [
    evidenceLine(evidence),
    ...named(checks, 'failed'),
    ...named(checks, 'not-run'),
    ...(findings.length > 0 ? [`found: ${told(findings.map(({ message }) => message))}`] : []),
    ...(reasons.length > 0 ? [`chosen because ${told(reasons)}`] : []),
    ...named(
      checks.filter(({ tool, note }) => tool !== undefined || note !== undefined),
      'passed',
    ),
    `written by ${evidence.model}`,
  ].join('; ');
}

/** "not run: types/* (nothing may be started), tests/failed (no test names it)"; nothing where there is none. */
function named(checks: readonly CheckRecord[], outcome: CheckRecord['outcome']): readonly string[] {
  const names = checks
    .filter((one) => one.outcome === outcome)
    .map(({ name, note }) => (note ? `${name} (${shorten(oneLine(note), longestPart)})` : name));
  return names.length === 0 ? [] : [`${outcomes[outcome]}: ${names.join(', ')}`];
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
