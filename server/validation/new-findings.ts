// Which findings a change has brought: what was wrong before is not the change's fault.
import { type Edit, shiftSpan } from '../core/span.ts';
import type { CheckFinding } from './check.ts';

/**
 * Findings of one check that were not there before: those without an equal one at the place that the edit moved it to.
 * One that the edit wrote over is judged anew.
 */
export function newFindings<T extends Pick<CheckFinding, 'span' | 'message'>>(
  before: readonly T[],
  after: readonly T[],
  edit: Edit,
): T[] {
  const old = new Map<string, number>();
  for (const { span, message } of before) {
    const moved = shiftSpan(span, edit);
    const rewritten = edit.span.start < span.end && edit.span.end > span.start;
    if (moved && !rewritten) {
      const key = `${moved.start}:${message}`;
      old.set(key, (old.get(key) ?? 0) + 1);
    }
  }
  return after.filter(({ span, message }) => {
    const key = `${span.start}:${message}`;
    const left = old.get(key) ?? 0;
    if (left > 0) old.set(key, left - 1);
    return left === 0;
  });
}
