// The door of local inference: what the checks of members and calls ask. Kept with the subject, since both ask the same.
import type { Subject } from '../check.ts';
import { createElsewhere } from './elsewhere.ts';
import { createInference, type Inference } from './infer.ts';
import { scopesOf } from './locals.ts';
import { createNames, type Names } from './names.ts';
import type { Scopes } from './scopes.ts';

export interface Types {
  readonly names: Names;
  readonly scopes: Scopes;
  /** For a first look at everything. */
  readonly quick: Inference;
  /** For what would be reported: the same answers with every doubt looked into. */
  readonly strict: Inference;
}

const made = new WeakMap<Subject, Types>();

/** What the language's own tools leave out need not be right. */
const isUnbuilt = ({ path, language: { modules } }: Subject): boolean =>
  modules?.unbuilt?.some((name) => path.split(/[\\/]/).includes(name)) === true;

/** @returns `undefined` for a language of whose types nothing is known. */
export function typesOf(subject: Subject): Types | undefined {
  const rules = subject.language.types;
  if (!rules || isUnbuilt(subject)) return undefined;
  const known = made.get(subject);
  if (known) return known;
  const scopes = scopesOf(subject, rules);
  const names = createNames(subject, rules, scopes);
  const elsewhere = createElsewhere(subject);
  let quick: Inference | undefined;
  let strict: Inference | undefined;
  const types: Types = {
    names,
    scopes,
    get quick() {
      quick ??= createInference(subject, names, scopes, false, elsewhere);
      return quick;
    },
    get strict() {
      strict ??= createInference(subject, names, scopes, true, elsewhere);
      return strict;
    },
  };
  made.set(subject, types);
  return types;
}
