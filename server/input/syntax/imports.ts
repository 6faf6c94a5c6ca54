// Captures of imports.scm → imports. Matches of the same statement and module are one import.
import type { ImportedName, ImportFact } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';
import { type Capture, captureNamed, type Match, spansNamed } from './captures.ts';
import { unquoted, withoutQuotes } from './quotes.ts';

interface Draft {
  readonly span: Span;
  readonly module: string;
  readonly moduleSpan: Span;
  /** By where they stand. */
  readonly names: Map<number, { imported: ImportedName; typed: boolean }>;
  namespace: string | undefined;
  wildcard: boolean;
}

interface Region {
  readonly span: Span;
  readonly text: string;
  readonly textSpan: Span;
  readonly separator: string;
}

export function readImports(matches: readonly Match[], text: string): ImportFact[] {
  const optional = spansNamed(matches, 'optional');
  const typed = new Set(
    matches
      .filter((match) => captureNamed(match, 'type') && !captureNamed(match, 'name'))
      .map((match) => captureNamed(match, 'import')?.span.start),
  );
  const regions = matches.flatMap((match) => prefixRegion(match, text));
  const drafts = new Map<string, Draft>();

  for (const match of matches) {
    const whole = captureNamed(match, 'import');
    const origin = whole && moduleOf(match, regions, text);
    if (!whole || !origin) continue;
    const key = `${whole.span.start} ${whole.span.end} ${origin.text}`;
    let draft = drafts.get(key);
    if (!draft) {
      draft = {
        span: whole.span,
        module: origin.text,
        moduleSpan: origin.span,
        names: new Map(),
        namespace: undefined,
        wildcard: false,
      };
      drafts.set(key, draft);
    }
    addMatch(draft, match, text);
  }

  return [...drafts.values()].map(({ names, namespace, ...draft }) => ({
    ...draft,
    names: [...names.values()].map(({ imported }) => imported),
    ...(namespace !== undefined && { namespace }),
    typeOnly:
      typed.has(draft.span.start) || (names.size > 0 && [...names.values()].every((name) => name.typed)),
    optional: optional.some((region) => contains(region, draft.span)),
  }));
}

function addMatch(draft: Draft, match: Match, text: string): void {
  const name = captureNamed(match, 'name');
  const local = captureNamed(match, 'local');
  const namespace = captureNamed(match, 'namespace');
  const properties = match.captures[0]?.properties;
  if (name ?? local) {
    const span = (name ?? local)!.span;
    const written = properties?.name ?? unquoted(text, span);
    const known = draft.names.get(span.start);
    draft.names.set(span.start, {
      // A broader pattern may match an aliased name too; the one that knows its alias counts.
      imported:
        known && !local
          ? known.imported
          : { name: written, local: local ? textOf(text, local) : written, span },
      typed: known?.typed || captureNamed(match, 'type') !== undefined,
    });
  }
  if (namespace) draft.namespace = textOf(text, namespace);
  else if (properties?.namespace !== undefined) {
    const found = new RegExp(properties.namespace, 'u').exec(draft.module)?.[1];
    if (found !== undefined) draft.namespace = found;
  }
  if (captureNamed(match, 'wildcard')) draft.wildcard = true;
}

/** The module that a match imports from: what it captures, after the prefixes of the groups that it stands in. */
function moduleOf(
  match: Match,
  regions: readonly Region[],
  text: string,
): { text: string; span: Span } | undefined {
  const module = captureNamed(match, 'module');
  const anchor = module ?? captureNamed(match, 'name') ?? captureNamed(match, 'wildcard');
  if (!anchor) return undefined;
  const prefixes = regions
    .filter(({ span }) => contains(span, anchor.span))
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const last = prefixes.at(-1);
  if (!module && !last) return undefined;
  let joined = '';
  for (const prefix of prefixes) joined += prefix.text + prefix.separator;
  if (module) return { text: joined + unquoted(text, module.span), span: withoutQuotes(text, module.span) };
  return { text: joined.slice(0, joined.length - last!.separator.length), span: last!.textSpan };
}

function prefixRegion(match: Match, text: string): Region[] {
  const prefix = captureNamed(match, 'prefix');
  const region = captureNamed(match, 'prefix.region');
  if (!prefix || !region) return [];
  const separator = prefix.properties?.separator ?? '.';
  return [{ span: region.span, text: textOf(text, prefix), textSpan: prefix.span, separator }];
}

const textOf = (text: string, { span }: Capture): string => text.slice(span.start, span.end);
