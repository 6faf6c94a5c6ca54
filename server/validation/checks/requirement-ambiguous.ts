// requirement/ambiguous: what is asked of a function has a gap or contradicts itself.
//
// Contradictions are told wherever they stand. Gaps (a parameter of which nothing is said, words that leave it open) only
// of functions that are still to be written: of the others, the code says what is meant.
import type { Language } from '../../core/language.ts';
import type { Check, CheckFinding } from '../check.ts';
import { argumentsFit, namesAgree, resultsAgree, resultsFit } from '../requirement/example-rules.ts';
import {
  parametersAreMentioned,
  parametersExist,
  resultExists,
  wordsArePrecise,
} from '../requirement/prose-rules.ts';
import { documentedFunctions, type Rule, readDocumented, writtenOf } from '../requirement/subject.ts';

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

/** Functions in which nothing was found, by all that was looked at: from one key to the next few are others. */
const silent = new WeakMap<Language, Set<string>>();
/** Functions that are remembered of a language: those of some large files. */
const maxSilent = 2_000;

function silentOf(language: Language): Set<string> {
  const known = silent.get(language);
  if (known && known.size < maxSilent) return known;
  const made = new Set<string>();
  silent.set(language, made);
  return made;
}

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
    const quiet = silentOf(subject.language);
    for (const symbol of documentedFunctions(subject.facts)) {
      const written = writtenOf(subject, symbol);
      if (quiet.has(written)) continue;
      const documented = readDocumented(subject, symbol);
      const findings = rules.flatMap((rule) => rule(documented));
      // What examples call may be anything that the file declares.
      if (findings.length === 0 && documented.examples.length === 0) quiet.add(written);
      for (const finding of findings) {
        const key = `${finding.span.start} ${finding.message}`;
        if (!found.has(key)) found.set(key, finding);
      }
    }
    return [...found.values()];
  },
};
