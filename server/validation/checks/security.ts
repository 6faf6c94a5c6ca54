// security/cwe-NNN: one check for each weakness, made from the table of weaknesses; the rules are the languages' data.
import type { Check, CheckFinding, Subject } from '../check.ts';
import { safeForm } from '../fixes/safe-form.ts';
import { lookAt } from '../memory.ts';
import { analyse } from '../security/analyse.ts';
import { rulesFor } from '../security/load.ts';
import type { Hit } from '../security/sinks.ts';
import { isTest, isTestCode } from '../security/test-code.ts';
import { type Weakness, weaknesses } from '../security/weaknesses.ts';

export const securityChecks: readonly Check[] = weaknesses.map(checkOf);

function checkOf({ cwe, severity, summary, example }: Weakness): Check {
  return {
    name: `security/cwe-${cwe}`,
    severity,
    summary: `${summary} ([CWE-${cwe}](https://cwe.mitre.org/data/definitions/${cwe}.html))`,
    example,
    judges: ({ id }) => rulesFor(id)?.weaknesses.has(cwe) ?? false,
    run(_, subject) {
      if (isTest(subject)) return [];
      const { language, text, facts } = subject;
      return analyse(language.id, text, facts, () => lookAt(subject, 'security', true))
        .filter(({ sink, span }) => sink.cwe === cwe && !isTestCode(subject, span))
        .map((hit) => findingOf(subject, hit));
    },
  };
}

function findingOf({ path, text, facts }: Subject, hit: Hit): CheckFinding {
  const { sink, span, hole, built, call, assignment } = hit;
  const fix =
    sink.fix &&
    safeForm(sink.fix, { path, text, facts, ...(call && { call }), ...(assignment && { assignment }) });
  return {
    span,
    message: hole ? `${sink.message}: \`${hole.origin}\` ${sayings[hole.level]}` : sink.message,
    fixes: fix ? [fix] : [],
    ...(sink.weak || hole?.level === 'unknown' || (hole?.level === 'parameter' && !built)
      ? { weak: true }
      : {}),
  };
}

const sayings = {
  unknown: 'is not a constant',
  parameter: 'is whatever the caller passes',
  local: 'comes from outside of the program',
  remote: 'comes from a request',
} as const;
