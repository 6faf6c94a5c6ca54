// What an editor would show at a place, for a terminal.
import { createTwoFilesPatch } from 'diff';
import type { Finding } from '../../core/finding.ts';
import { applyEdits, spanText } from '../../core/span.ts';
import type {
  CheckRecord,
  CompletionCandidate,
  Evidence,
  Prompt,
  Proposal,
  Verdict,
} from '../../core/task.ts';
import type { Offer } from '../../orchestration/workbench.ts';
import { codeFrame } from '../code-frame.ts';
import { createPositions, shownPath } from '../places.ts';
import type { Colors } from '../terminal.ts';
import { actionKinds } from './actions.ts';

export function printFindings(text: string, findings: readonly Finding[], colors: Colors): string {
  const places = createPositions(text);
  return findings
    .map((finding) => {
      const { severity, message, check, span, fixes } = finding;
      const lines = [
        `${severity === 'error' ? colors.red(severity) : colors.yellow(severity)} ${message} ${colors.dim(check)}`,
        codeFrame(text, places.range(span), '', colors),
        ...fixes.map(({ title }) => `  ${colors.green('fix:')} ${title}`),
      ];
      return lines.join('\n');
    })
    .join('\n\n');
}

export function printOffers(offers: readonly Offer[], colors: Colors): string {
  return offers
    .map(({ requirement: { kind, title } }) => {
      const way = colors.dim(`${actionKinds[kind]}  (--action ${kind})`);
      return `  ${title}  ${way}`;
    })
    .join('\n');
}

/** Each with what stands before it on the line, so that it reads as the editor would show it. */
export function printCandidates(
  text: string,
  candidates: readonly CompletionCandidate[],
  colors: Colors,
): string {
  return candidates
    .map(({ text: proposed, replace, source, confidence, additionalEdits, evidence }, index) => {
      const kept = spanText(text, replace);
      const shown = proposed.startsWith(kept)
        ? colors.dim(kept) + colors.green(proposed.slice(kept.length))
        : proposed;
      const facts = [
        source === 'model' ? evidence.model : 'embedded engine',
        `confidence ${confidence.toFixed(2)}`,
        evidence.verdict,
        ...(additionalEdits.length > 0 ? [`with ${additionalEdits.length} further edit(s)`] : []),
      ];
      const lines = [
        `  ${index + 1}. ${shown.replaceAll('\n', '\n     ')}`,
        `     ${colors.dim(facts.join(', '))}`,
      ];
      for (const record of evidence.checks) lines.push(`     ${printRecord(record, colors)}`);
      return lines.join('\n');
    })
    .join('\n');
}

const verdictColors: Record<Verdict, 'green' | 'blue' | 'yellow'> = {
  vouched: 'green',
  checked: 'blue',
  doubtful: 'yellow',
};

const marks: Record<CheckRecord['outcome'], { mark: string; color: 'green' | 'red' | 'dim' }> = {
  passed: { mark: '✓', color: 'green' },
  failed: { mark: '✗', color: 'red' },
  'not-run': { mark: '–', color: 'dim' },
};

function printRecord({ name, outcome, note, tool }: CheckRecord, colors: Colors): string {
  const { mark, color } = marks[outcome];
  const facts = [...(tool === undefined ? [] : [`by ${tool}`]), ...(note === undefined ? [] : [note])];
  return `${colors[color](mark)} ${name}${facts.length === 0 ? '' : colors.dim(`  ${facts.join(': ')}`)}`;
}

/** The evidence as a table: the verdict, then a row a check. */
export function printEvidence(evidence: Evidence, colors: Colors): string {
  const { verdict, model, usage, repairs, samples, milliseconds, checks, findings, reasons } = evidence;
  const facts = [
    model,
    `${(milliseconds / 1000).toFixed(1)} s`,
    `${repairs} repair${repairs === 1 ? '' : 's'}`,
    ...(samples === undefined ? [] : [`best of ${samples} answers`]),
    ...(usage ? [`${usage.inputTokens} tokens in, ${usage.outputTokens} out`] : []),
  ];
  const rows = checks.map((record) => `  ${printRecord(record, colors)}`);
  const remaining = findings.map(
    ({ message, check }) => `  ${colors.yellow('!')} ${message} ${colors.dim(check)}`,
  );
  return [
    `${colors[verdictColors[verdict]](verdict)}  ${colors.dim(facts.join(', '))}`,
    ...(reasons ? [colors.dim(`  ${reasons.join('; ')}`)] : []),
    ...rows,
    ...remaining,
  ].join('\n');
}

/** A unified diff of the proposal, as `git apply` takes it. */
export function printDiff({ snapshot, edits, creates }: Proposal, colors: Colors): string {
  const name = shownPath(snapshot.path);
  const patch = createTwoFilesPatch(
    creates ? '/dev/null' : `a/${name}`,
    `b/${name}`,
    snapshot.text,
    applyEdits(snapshot.text, edits),
    undefined,
    undefined,
    { context: 3 },
  );
  return patch
    .split('\n')
    .filter((line) => !line.startsWith('====='))
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return colors.bold(line);
      if (line.startsWith('@@')) return colors.cyan(line);
      if (line.startsWith('+')) return colors.green(line);
      return line.startsWith('-') ? colors.red(line) : line;
    })
    .join('\n')
    .trimEnd();
}

/** The messages to the letter, with a line before each that says whose it is. */
export function printRequest({ messages, request }: Prompt, colors: Colors): string {
  const part = (name: string, text: string): string => `${colors.dim(`── ${name} ──`)}\n${text}`;
  const { prompt, suffix } = request?.body ?? {};
  // Fill-in-the-middle has no messages: the text goes as it is.
  return typeof prompt === 'string'
    ? [part('prompt', prompt), ...(typeof suffix === 'string' ? [part('suffix', suffix)] : [])].join('\n')
    : messages.map(({ role, content }) => part(role, content)).join('\n');
}

/** What the request is made of: for stderr, since it is not a part of it. */
export function printPromptFacts({ tokens, snippets, request }: Prompt, colors: Colors): string {
  const rows = snippets.map(({ path, reason }) => `  ${shownPath(path)}  ${colors.dim(reason)}`);
  return [
    `${tokens} tokens, nothing was sent`,
    request ? `it would go to ${request.url}` : 'no endpoint is configured that it would go to',
    ...(rows.length > 0 ? ['evidence in it:', ...rows] : []),
  ].join('\n');
}
