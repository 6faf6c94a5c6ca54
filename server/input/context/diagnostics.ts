// Diagnostics near the place: what is already known to be wrong there.
import { lineAt, lineSpanAt, lineStarts } from '../../core/lines.ts';
import { span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { maxDiagnostics, nearbyLines } from './limits.ts';
import { asComment } from './skeleton.ts';
import type { Source } from './source.ts';

export const diagnostics: Source = (_run, question) => {
  const { diagnostics: known = [], file, snapshot, language, offset, subject } = question;
  const starts = lineStarts(file.text);
  const here = subject ?? span(offset, offset);
  const first = lineAt(starts, here.start);
  const last = lineAt(starts, here.end);
  const near = known
    .map(({ span: where, message }) => {
      const line = lineAt(starts, Math.min(where.start, file.text.length));
      return { line, message, distance: Math.max(0, first - line, line - last) };
    })
    .filter(({ distance }) => distance <= nearbyLines)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, maxDiagnostics);
  return near.map(({ line, message, distance }): Snippet => {
    const whole = lineSpanAt(file.text, starts[line]!);
    const said = asComment(message.replace(/\s+/g, ' ').trim(), language);
    return {
      path: snapshot.path,
      span: whole,
      text: `${spanText(file.text, whole).trim()}  ${said}`,
      note: true,
      reason: `reported on line ${line + 1}`,
      score: distance === 0 ? 0.8 : 0.6 - distance / 100,
    };
  });
};
