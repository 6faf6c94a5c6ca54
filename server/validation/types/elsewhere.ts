// What other files of the workspace say without writing types down: the same inference over their facts.
import type { Declaration } from '../../core/declarations.ts';
import type { Subject } from '../check.ts';
import { restOnMore } from '../memory.ts';
import { createInference, type Inference } from './infer.ts';
import { scopesOf } from './locals.ts';
import { createNames } from './names.ts';

/** The inference over the file that declares something; `undefined` where that is none of the workspace. */
export type Elsewhere = (declaration: Declaration) => Inference | undefined;

/** Files that are looked into for one: what is asked about rarely leads through more. */
const maxFiles = 40;

export function createElsewhere(subject: Subject): Elsewhere {
  const { language, project } = subject;
  const rules = language.types;
  const known = new Map<string, Inference | undefined>();
  const elsewhere: Elsewhere = ({ place }) => {
    if (!place || !rules) return undefined;
    const { path } = place;
    // Through another file back into this one.
    if (path === subject.path) restOnMore(subject);
    if (known.has(path) || known.size >= maxFiles) return known.get(path);
    known.set(path, undefined);
    const facts = project.facts(path);
    const text = project.text(path);
    if (!facts || text === undefined || facts.languageId !== language.id) return undefined;
    const theirs: Subject = {
      ...{ path, language, text, facts, project },
      visibleNames: () => [],
      earlier: true,
    };
    const scopes = scopesOf(theirs, rules);
    const made = createInference(theirs, createNames(theirs, rules, scopes), scopes, true, elsewhere);
    known.set(path, made);
    return made;
  };
  return elsewhere;
}
