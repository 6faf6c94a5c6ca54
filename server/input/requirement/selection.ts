// What can be asked of a declaration or of selected code: rewrite by instruction, document, write tests, plan.
import type { SymbolFact } from '../../core/facts.ts';
import { contains, overlaps, span, spanText } from '../../core/span.ts';
import type { Requirement } from '../../core/task.ts';
import { headerSpan } from '../header.ts';
import { plainComment } from '../prose.ts';
import { isTestPath } from '../workspace/test-path.ts';
import { marker } from './marker.ts';
import {
  commentAt,
  commentBlocks,
  declarationAt,
  extent,
  firstText,
  isCallable,
  type Place,
  qualifiedName,
  shortened,
  symbolOf,
  trimmed,
  type Way,
  wholeLines,
} from './place.ts';
import { bodyStart, stubTarget } from './stub-signature.ts';

type Found = Omit<Requirement, 'source'>;

export const selection: Way = (place) => [
  ...rewrite(place),
  ...document(place),
  ...tests(place),
  ...plan(place),
];

/** Selected code with an instruction in it, or right above it. */
function rewrite(place: Place): Found[] {
  const { text } = place.file;
  const chosen = trimmed(text, wholeLines(text, place.span));
  if (place.span.start === place.span.end || chosen.start === chosen.end) return [];
  const block = commentBlocks(place.file).find(
    ({ span: comment, doc }) =>
      !doc &&
      (contains(chosen, comment) || /^[ \t]*\r?\n[ \t]*$/.test(text.slice(comment.end, chosen.start))),
  );
  if (!block) return [];
  const target = span(Math.min(block.span.start, chosen.start), Math.max(block.span.end, chosen.end));
  // Nothing but the comment is no code to rewrite.
  if (target.end - target.start <= block.span.end - block.span.start) return [];
  const prose = plainComment(spanText(text, block.span)).replace(marker, '').trim();
  return [
    {
      kind: 'rewrite',
      title: `Rewrite the selection: “${shortened(prose)}”`,
      target,
      subject: wholeLines(text, target),
      prose,
    },
  ];
}

/** A declaration without documentation, from its header. */
function document(place: Place): Found[] {
  const symbol = declarationAt(place);
  const { text } = place.file;
  if (!symbol || symbol.doc) return [];
  const at = documentationPlace(place, symbol);
  if (at === undefined) return [];
  return [
    {
      kind: 'document',
      title: `Document \`${qualifiedName(place, symbol)}\``,
      target: span(at, at),
      subject: wholeLines(text, symbol.span),
      prose: '',
      symbol: symbolOf(place, symbol),
    },
  ];
}

/** Where blocks are made by indentation documentation opens the body; elsewhere it stands before the declaration. */
function documentationPlace(place: Place, symbol: SymbolFact): number | undefined {
  const { text, facts } = place.file;
  if (!place.language.indented) {
    // Before anything else on the line it would document that.
    const line = firstText(text, symbol.span.start);
    return /^[\w\s]*$/.test(text.slice(line, symbol.span.start)) ? line : undefined;
  }
  if (!symbol.body || symbol.body.start === symbol.body.end) return undefined;
  const start = trimmed(
    text,
    span(bodyStart(place, symbol, headerSpan(text, facts, symbol)), symbol.body.end),
  ).start;
  // A body on the line of its header has no line for it.
  return start === firstText(text, start) ? start : undefined;
}

/** A function that is written and is no test itself. */
function tests(place: Place): Found[] {
  const symbol = declarationAt(place);
  const { snapshot, file, language } = place;
  if (
    snapshot.path === '' ||
    !symbol ||
    language.tests === undefined ||
    isTestPath(snapshot.path.split(/[\\/]/).slice(-2).join('/'))
  )
    return [];
  if (isCallable(symbol) ? !symbol.body || stubTarget(place, symbol) : symbol.kind !== 'class') return [];
  const subject = wholeLines(file.text, extent(symbol));
  return [
    {
      kind: 'tests',
      title: `Write tests for \`${qualifiedName(place, symbol)}\``,
      target: span(subject.end, subject.end),
      subject,
      prose: symbol.doc ? plainComment(spanText(file.text, symbol.doc)) : '',
      symbol: symbolOf(place, symbol),
    },
  ];
}

const listItem = /^\s*(?:[-*•]|\d+[.)])\s+\S/m;
const planWords = 12;

/** Requirements in a comment: several, or many words. */
function plan(place: Place): Found[] {
  const { text, facts } = place.file;
  const block = commentAt(place);
  if (!block || facts.symbols.some(({ doc }) => doc && overlaps(doc, block.span))) return [];
  const prose = plainComment(spanText(text, block.span));
  if (!prose.includes('\n') || !listItem.test(prose) || prose.split(/\s+/).length < planWords) return [];
  // Below the comment: before what stands on the next line, or on it where it is blank.
  const { end } = wholeLines(text, block.span);
  const next = /^\r?\n/.exec(text.slice(end));
  const at = next ? firstText(text, end + next[0].length) : end;
  return [
    {
      kind: 'plan',
      title: `Plan “${shortened(prose)}”`,
      target: span(at, at),
      subject: wholeLines(text, block.span),
      prose,
    },
  ];
}
