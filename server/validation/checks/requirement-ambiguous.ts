// requirement/ambiguous: what is asked of a function has a gap or contradicts itself.
//
// Contradictions are told wherever they stand. Gaps (a parameter of which nothing is said, words that leave it open) only
// of functions that are still to be written: of the others, the code says what is meant.
import type { Check, CheckFinding } from '../check.ts';
import { argumentsFit, namesAgree, resultsAgree, resultsFit } from '../requirement/example-rules.ts';
import {
  parametersAreMentioned,
  parametersExist,
  resultExists,
  wordsArePrecise,
} from '../requirement/prose-rules.ts';
import { documentedFunctions, type Rule } from '../requirement/subject.ts';

const rules: readonly Rule[] = [
  argumentsFit,
  resultsFit,
  resultsAgree,
  namesAgree,
  parametersExist,
  resultExists,
  parametersAreMentioned,
  wordsArePrecise,
];

export const requirementAmbiguous: Check = {
  name: 'requirement/ambiguous',
  severity: 'hint',
  summary:
    'A doc comment that contradicts its signature or its own examples, or leaves open what a function that is still to be written shall do.',
  example: {
    languageId: 'python',
    code: 'def clamp(value: int, low: int, high: int) -> int:\n    """Limit a value. clamp(5, 3) returns 3."""\n    raise NotImplementedError\n',
  },
  judges: () => true,
  run(_, subject) {
    const found = new Map<string, CheckFinding>();
    for (const documented of documentedFunctions(subject)) {
      for (const rule of rules) {
        for (const finding of rule(documented)) {
          const key = `${finding.span.start} ${finding.message}`;
          if (!found.has(key)) found.set(key, finding);
        }
      }
    }
    return [...found.values()];
  },
};
