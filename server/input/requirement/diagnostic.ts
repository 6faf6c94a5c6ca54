// A diagnostic at the place: fix it, with its message as what is asked.
import { contains, overlaps, type Span, span } from '../../core/span.ts';
import {
  extent,
  type Place,
  type PlaceDiagnostic,
  shortened,
  trimmed,
  type Way,
  wholeLines,
} from './place.ts';

/** Lines of a construct that is rewritten for a fix; of a longer one only the lines around the diagnostic are. */
const maxLines = 40;
/** Code units of a message in a title. */
const maxTitle = 80;

export const diagnostic: Way = (place) =>
  place.diagnostics
    .filter(({ span: where }) => overlaps(wholeLines(place.file.text, where), place.span))
    .map((each) => {
      const target = trimmed(place.file.text, wholeLines(place.file.text, constructAround(place, each)));
      return {
        kind: 'fix',
        title: `Fix: ${shortened(each.message, maxTitle)}`,
        target,
        subject: wholeLines(place.file.text, target),
        prose: each.source ? `${each.message} (${each.source})` : each.message,
      };
    });

/** The smallest function or block around it that can be rewritten whole; its own lines where all are too long. */
function constructAround({ file }: Place, { span: where }: PlaceDiagnostic): Span {
  const { text, facts } = file;
  const around = [
    ...facts.symbols.map(extent),
    ...file.blocksAt(where.start).map((block) => block.span),
  ].filter((each) => contains(each, where) && countLines(text, each) <= maxLines);
  const smallest = around.reduce<Span | undefined>(
    (best, each) => (!best || each.end - each.start < best.end - best.start ? each : best),
    undefined,
  );
  return smallest ?? span(where.start, where.end);
}

const countLines = (text: string, { start, end }: Span): number => text.slice(start, end).split('\n').length;
