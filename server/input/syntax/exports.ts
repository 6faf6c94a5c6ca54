// Captures of exports.scm → what others may import.
import type { ExportFact } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
import { captureNamed, hasCapture, type Match, spansNamed } from './captures.ts';
import { unquoted } from './quotes.ts';

export function readExports(matches: readonly Match[], text: string): ExportFact[] {
  const typed = new Set(
    matches
      .filter((match) => hasCapture(match, 'type') && nameOf(match, text) === undefined)
      .map((match) => captureNamed(match, 'export')?.span.start),
  );
  const parts = spansNamed(matches, 'part');
  const found = new Map<string, ExportFact>();
  for (const match of matches) {
    const whole = captureNamed(match, 'export');
    if (!whole) continue;
    const typeOnly = typed.has(whole.span.start) || hasCapture(match, 'type');
    const add = (name: string, local: string | undefined): void => {
      const module = captureNamed(match, 'module');
      const key = `${whole.span.start} ${name}`;
      const known = found.get(key);
      found.set(key, {
        name,
        ...(local !== undefined && { local }),
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

function nameOf(match: Match, text: string): string | undefined {
  const written = captureNamed(match, 'name');
  return match.captures[0]?.properties?.name ?? (written && unquoted(text, written.span));
}

function localOf(match: Match, text: string): string | undefined {
  const local = captureNamed(match, 'local');
  if (local) return textOf(text, local.span);
  const name = hasCapture(match, 'module') ? undefined : captureNamed(match, 'name');
  return name && textOf(text, name.span);
}

const textOf = (text: string, { start, end }: Span): string => text.slice(start, end);
