// Members of the value before a place, for a completion: what stands there is seldom code yet, so that it is made some first.
import type { Project } from '../../core/project.ts';
import { membersOfValue } from '../../validation/types/members-at.ts';
import type { Opened } from './documents.ts';
import { branchOf, subjectOf } from './judge.ts';

/** What may stand between a value and its member. */
const afterValue = /[.:>]$/;

const typedWord = /[\p{L}\p{N}_$]*$/u;

/** Characters before the cursor in which the word at it begins. */
const longestWord = 100;

/** Stands for the member where nothing of it is typed: a parser needs a name there. */
const placeholder = 'member';

/** @returns `undefined` where the type is not certain or not all of its members are known. */
export function membersAt(
  { snapshot, language, file }: Opened,
  project: Project,
  offset: number,
): readonly string[] | undefined {
  const near = snapshot.text.slice(Math.max(0, offset - longestWord), offset);
  const [typed = ''] = typedWord.exec(near) ?? [];
  if (!file || !language?.types || !afterValue.test(near.slice(0, near.length - typed.length)))
    return undefined;
  const edit = { span: { start: offset, end: offset }, newText: typed === '' ? placeholder : '' };
  using branch = branchOf(file, [edit]);
  return membersOfValue(subjectOf(snapshot, language, branch.file, project), offset - typed.length);
}
