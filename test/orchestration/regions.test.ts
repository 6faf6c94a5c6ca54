// Regions: generated code is recognised when it appears in the document and followed through edits.
import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import type { Evidence } from '../../server/core/task.ts';
import { createRegions } from '../../server/orchestration/regions.ts';

const uri = 'file:///project/a.py';
const evidence: Evidence = {
  verdict: 'checked',
  checks: [],
  findings: [],
  model: 'm',
  repairs: 0,
  milliseconds: 1,
};
const body = 'return total / len(values)';

/** A document that tells the regions of its changes as the document store does. */
function document(text: string) {
  const changed: string[] = [];
  const regions = createRegions(
    (changedUri) => changed.push(changedUri),
    () => undefined,
  );
  let version = 1;
  const change = (...edits: Edit[]): void => {
    for (const edit of edits) text = applyEdits(text, [edit]);
    version++;
    regions.follow({
      type: 'changed',
      snapshot: { uri, path: '/project/a.py', languageId: 'python', version, text },
      edits,
    });
  };
  return {
    regions,
    changed,
    change,
    shown: () => regions.of(uri).map(({ span }) => text.slice(span.start, span.end)),
  };
}

const insertion = (start: number, newText: string): Edit => ({ span: { start, end: start }, newText });

describe('regions', () => {
  it('recognises an accepted suggestion, whether it comes as an insertion or as the whole text', () => {
    const source = 'def mean(values):\n    \n';
    const accepted = insertion(22, body);
    const byInsertion = document(source);
    byInsertion.regions.expect(uri, [accepted], evidence);
    byInsertion.change(accepted);
    expect(byInsertion.shown()).toEqual([body]);

    const byFullText = document(source);
    byFullText.regions.expect(uri, [accepted], evidence);
    byFullText.change({ span: { start: 0, end: source.length }, newText: applyEdits(source, [accepted]) });
    expect(byFullText.shown()).toEqual([body]);
  });

  it('finds it where an import was added above in the same change', () => {
    const { regions, change, shown } = document('def mean(values):\n    \n');
    regions.expect(uri, [insertion(22, body), insertion(0, 'import math\n')], evidence);
    change(insertion(22, body), insertion(0, 'import math\n'));
    expect(shown()).toEqual([body]);
  });

  it('does not take typing the same text key by key for accepting it', () => {
    const { regions, change, shown } = document('');
    regions.expect(uri, [insertion(0, body)], evidence);
    for (let at = 0; at < body.length; at++) change(insertion(at, body[at]!));
    expect(shown()).toEqual([]);
  });

  it('follows edits around it, and lets go once its own text or the line that it is in is another', () => {
    const accepted = () => {
      const made = document('x = 1\n');
      made.regions.expect(uri, [insertion(6, body)], evidence);
      made.change(insertion(6, body));
      return made;
    };
    const around = accepted();
    around.change(insertion(0, '# mean\n'));
    around.change(insertion(7 + 6, '    '), insertion(7 + 6 + 4 + body.length, '  \n\n'));
    expect(around.shown()).toEqual([body]);

    const changes: readonly Edit[] = [
      insertion(6 + 'return '.length, 'float('),
      insertion(6 + body.length, ' + 1'),
      { span: { start: 0, end: 20 }, newText: '' },
      // Undone, or rejected: what stood there before is not generated code.
      { span: { start: 6, end: 6 + body.length }, newText: 'raise NotImplementedError' },
    ];
    for (const change of changes) {
      const changed = accepted();
      changed.change(change);
      expect(changed.shown()).toEqual([]);
    }
  });

  it('stays where an edit writes the same text again', () => {
    const { regions, change, shown } = document('x = 1\n');
    regions.expect(uri, [insertion(6, body)], evidence);
    change(insertion(6, body));
    change({ span: { start: 6, end: 6 + body.length }, newText: body });
    expect(shown()).toEqual([body]);
  });

  it('is where the text was put, not where the user had the same line before', () => {
    const { regions, change, shown } = document(`${body}\n\n\n`);
    const accepted = insertion(body.length + 2, body);
    regions.expect(uri, [accepted], evidence);
    change(accepted);
    expect(regions.of(uri).map(({ span }) => span.start)).toEqual([body.length + 2]);
    expect(shown()).toEqual([body]);
  });

  it('takes the longest of several suggestions that fit', () => {
    const { regions, change, shown } = document('');
    regions.expect(uri, [insertion(0, 'return total')], evidence);
    regions.expect(uri, [insertion(0, body)], evidence);
    change(insertion(0, body));
    expect(shown()).toEqual([body]);
  });
});
