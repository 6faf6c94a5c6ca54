// Captures of exports.scm → what others may import.
import type { ExportFact } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
import { captureNamed, hasCapture, type Match, placeOf, spansNamed } from './captures.ts';
import { unquoted } from './quotes.ts';

export function readExports(matches: readonly Match[], text: string): ExportFact[] {
  const typed = new Set(
    matches
      .filter((match) => hasCapture(match, 'type') && nameOf(match, text) === undefined)
      .map((match) => captureNamed(match, 'export')?.span.start),
  );
  const parts = spansNamed(matches, 'part');
  // By place: a part of a statement may be one that exports the default, too.
  const defaults = new Set(
    spansNamed(
      matches.filter((match) => setName(match) === 'default'),
      'export',
    ).map(placeOf),
  );
  const found = new Map<string, ExportFact>();
  for (const match of matches) {
    const whole = captureNamed(match, 'export');
    if (!whole || (defaults.has(placeOf(whole.span)) && setName(match) !== 'default')) continue;
    const typeOnly = typed.has(whole.span.start) || hasCapture(match, 'type');
    const add = (name: string, local: string | undefined): void => {
      const module = captureNamed(match, 'module');
      const key = `${placeOf(whole.span)} ${name}`;
      const known = found.get(key);
      const inside = local ?? known?.local;
      found.set(key, {
        name,
        ...(inside !== undefined && { local: inside }),
        ...(module && { module: unquoted(text, module.span) }),
        span: whole.span,
        typeOnly: typeOnly || known?.typeOnly === true,
      });
    };
    const name = nameOf(match, text);
    if (name !== undefined) add(name, localOf(match, text));
    for (const pattern of spansNamed([match], 'names')) {
      for (const part of parts) if (contains(pattern, part)) add(textOf(text, part), textOf(text, part));
    }
  }
  return [...found.values()];
}

/** The name that a pattern gives without its being written. */
const setName = (match: Match): string | undefined => match.captures[0]?.properties?.name;

function nameOf(match: Match, text: string): string | undefined {
  const written = captureNamed(match, 'name');
  return setName(match) ?? (written && unquoted(text, written.span));
}

function localOf(match: Match, text: string): string | undefined {
  const local = captureNamed(match, 'local');
  return local && unquoted(text, local.span);
}

const textOf = (text: string, { start, end }: Span): string => text.slice(start, end);
