// `check --fix`: the fixes that are certain, made at once for each file.
import { type Edit, overlaps } from '../../core/span.ts';
import type { CheckedFile } from '../../orchestration/workbench.ts';
import { writeEdits } from '../write.ts';

export interface Fixing {
  /** Files that were written. */
  readonly written: readonly string[];
  /** Fixes that were made. */
  readonly count: number;
  /** Path and reason of files that could not be written. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Makes what can be made in one go: in each file the fixes of one check, those of imports first, since a further check may
 * want the same import once more, or none after it. The rest is left for the next go.
 */
export async function applyCertainFixes(files: readonly CheckedFile[]): Promise<Fixing> {
  const written: string[] = [];
  const refused: Fixing['refused'][number][] = [];
  let count = 0;
  for (const file of files) {
    const chosen = chooseEdits(file);
    if (file.text === undefined || chosen.edits.length === 0) continue;
    const reason = await writeEdits(file.path, file.text, chosen.edits);
    if (reason !== undefined) refused.push({ path: file.path, reason });
    else {
      written.push(file.path);
      count += chosen.count;
    }
  }
  return { written, count, refused };
}

/** A fix is taken whole or not at all; two findings that want the very same edit (one import) share it. */
function chooseEdits({ path, findings: all }: CheckedFile): { edits: readonly Edit[]; count: number } {
  const edits: Edit[] = [];
  let count = 0;
  const fixable = all.flatMap(({ check, fixes }) => {
    const fix = fixes.find(({ certain }) => certain);
    // A fix that reaches into other files is left to the editor, which can undo it in one step.
    return fix?.edits.every((file) => file.path === path) ? [{ check, fix }] : [];
  });
  const first = fixable.find(({ check }) => check.startsWith('imports/')) ?? fixable[0];
  for (const { fix } of fixable.filter(({ check }) => check === first?.check)) {
    const wanted = fix.edits.flatMap((file) => file.edits);
    const fresh = wanted.filter((edit) => !edits.some((taken) => same(taken, edit)));
    if (fresh.some((edit) => edits.some((taken) => overlaps(taken.span, edit.span)))) continue;
    edits.push(...fresh);
    count++;
  }
  return { edits, count };
}

const same = (a: Edit, b: Edit): boolean =>
  a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
