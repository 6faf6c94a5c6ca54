// Which of several drafts to offer: the one with the least to say against it.
import { type Finding, type Severity, severities } from '../core/finding.ts';

/**
 * Drafts by their findings: fewest errors first, then fewest warnings, and so on; an empty draft is no answer and comes
 * last. Equal ones keep their order, so the model's likeliest answer stays in front.
 */
export function rankDrafts<Draft extends { readonly text: string; readonly findings: readonly Finding[] }>(
  drafts: readonly Draft[],
): Draft[] {
  return [...drafts].sort((a, b) => {
    const empty = Number(a.text.trim() === '') - Number(b.text.trim() === '');
    if (empty !== 0) return empty;
    for (const severity of severities) {
      const difference = count(a.findings, severity) - count(b.findings, severity);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

const count = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length;
