// What a completion may use at a place: names in scope, and members of the value before the cursor where its type is certain.
import type { Project } from '../../core/project.ts';
import { usableNames } from '../../input/syntax/usable-names.ts';
import { membersOfValue } from '../../validation/types/members-at.ts';
import type { Usable } from './analysis.ts';
import type { Opened } from './documents.ts';
import { branchOf, subjectOf } from './judge.ts';

/** What may stand between a value and its member. */
const afterValue = /[.:>]$/;

const typedWord = /[\p{L}\p{N}_$]*$/u;

/** Characters before the cursor in which the word at it begins. */
const longestWord = 100;

/** Stands for the member where nothing of it is typed: a parser needs a name there. */
const placeholder = 'member';

export function usableAt({ snapshot, language, file }: Opened, project: Project, offset: number): Usable {
  const { text } = snapshot;
  if (!file) return { names: [] };
  const names = usableNames(file.visibleNames(offset), text, offset);
  const near = text.slice(Math.max(0, offset - longestWord), offset);
  const [typed = ''] = typedWord.exec(near) ?? [];
  if (!language?.types || !afterValue.test(near.slice(0, near.length - typed.length))) return { names };
  using branch = branchOf(file, [
    { span: { start: offset, end: offset }, newText: typed === '' ? placeholder : '' },
  ]);
  const subject = subjectOf(snapshot, language, branch.file, project);
  const members = membersOfValue(subject, offset - typed.length);
  return members ? { names, members } : { names };
}
