// The declaration that a question is about: the function or class around the place.
import type { SymbolFact } from '../../core/facts.ts';
import { contains, span } from '../../core/span.ts';
import type { ContextQuestion } from './source.ts';

const named = new Set(['function', 'method', 'class', 'interface', 'enum']);

/** The innermost one around the place, or the first one in the subject. */
export function symbolAround({ file, offset, subject }: ContextQuestion): SymbolFact | undefined {
  const here = subject ?? span(offset, offset);
  const { symbols } = file.facts;
  const around = symbols.filter(({ kind, span: whole }) => named.has(kind) && contains(whole, here));
  return around.at(-1) ?? symbols.find(({ kind, span: whole }) => named.has(kind) && contains(here, whole));
}
