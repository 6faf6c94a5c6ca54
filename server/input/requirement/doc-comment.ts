// A doc comment that no declaration follows: what it describes is to be written.
import { contains, overlaps, spanText } from '../../core/span.ts';
import { plainComment } from '../prose.ts';
import { commentAt, shortened, type Way, wholeLines } from './place.ts';

// Comments that speak of the file, and of licences.
const ofTheFile = /^@?(?:file|fileoverview|module|packageDocumentation|license|copyright)\b|\blicen[cs]e\b/i;
const minWords = 2;

export const docComment: Way = (place) => {
  const { text, facts } = place.file;
  const block = commentAt(place);
  if (!block?.doc || facts.symbols.some(({ doc }) => doc && overlaps(doc, block.span))) return [];
  const prose = plainComment(spanText(text, block.span));
  const strays = facts.strings.some((string) => contains(string, block.span));
  if (strays || ofTheFile.test(prose) || prose.split(/\s+/).length < minWords) return [];
  // Code right below is what it describes, even if that declares nothing.
  if (/^\r?\n[ \t]*[^\s})\]]/.test(text.slice(wholeLines(text, block.span).end))) return [];
  return [
    {
      kind: 'implement',
      title: `Write what the comment describes: “${shortened(prose)}”`,
      target: block.span,
      subject: wholeLines(text, block.span),
      prose,
    },
  ];
};
