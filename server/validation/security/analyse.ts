// All that the rules of a language say of a file, once for all the checks that ask.
import type { FileFacts } from '../../core/facts.ts';
import { forgetfulLook, type Look } from '../memory.ts';
import { createCode } from './code.ts';
import { createFlow } from './flow.ts';
import { rulesFor } from './load.ts';
import { createNames } from './names.ts';
import { findHits, type Hit } from './sinks.ts';

const analysed = new WeakMap<FileFacts, readonly Hit[]>();

/** Facts belong to one text, so what was found for them is found again by them. */
export function analyse(
  languageId: string,
  text: string,
  facts: FileFacts,
  look: () => Look = () => forgetfulLook(text),
): readonly Hit[] {
  const known = analysed.get(facts);
  if (known) return known;
  const rules = rulesFor(languageId);
  let hits: readonly Hit[] = [];
  if (rules) {
    const code = createCode(text, facts, rules);
    const names = createNames(code, rules);
    hits = withoutRepeats(
      findHits({ code, names, flow: createFlow(code, names, rules), rules, look: look() }),
    );
  }
  analysed.set(facts, hits);
  return hits;
}

/** One finding a weakness and place: several rules may see the same. */
function withoutRepeats(hits: readonly Hit[]): readonly Hit[] {
  const seen = new Set<string>();
  return hits.filter(({ sink, span }) => {
    const key = `${sink.cwe} ${span.start}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
