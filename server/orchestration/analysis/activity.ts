// What the user and their editor did and said lately, as evidence for prompts: places edited and looked at, diagnostics.
import { type Edit, overlaps, type Span, shiftSpan } from '../../core/span.ts';
import { createRecentPlaces, type DiagnosticNote, type RecentPlaces } from '../../input/context/index.ts';

export interface Activity {
  /** Places where the user was, the last one first. */
  places(): ReturnType<RecentPlaces['all']>;
  viewed(path: string, offset: number): void;
  changed(uri: string, path: string | undefined, edits: readonly Edit[]): void;
  /** Where the last edit of a document ended. */
  typedAt(uri: string): number | undefined;
  /** What the client last said of a document; diagnostics whose text was edited since are gone. */
  reported(uri: string): readonly DiagnosticNote[];
  /** The client named these with a request about a place. */
  report(uri: string, about: Span, diagnostics: readonly DiagnosticNote[]): void;
  closed(uri: string): void;
}

/** Diagnostics kept of one document. */
const maxReported = 50;

export function createActivity(): Activity {
  const recent = createRecentPlaces();
  const diagnostics = new Map<string, readonly DiagnosticNote[]>();
  const typed = new Map<string, number>();
  return {
    places: recent.all,
    viewed: recent.viewed,
    changed(uri, path, edits) {
      if (path !== undefined) recent.edited(path, edits);
      const last = edits.at(-1);
      if (last) typed.set(uri, last.span.start + last.newText.length);
      const kept = diagnostics.get(uri)?.flatMap((each) => {
        const moved = edits.reduce<DiagnosticNote['span'] | undefined>(
          (span, edit) => span && shiftSpan(span, edit),
          each.span,
        );
        return moved ? [{ ...each, span: moved }] : [];
      });
      if (kept) diagnostics.set(uri, kept);
    },
    typedAt: (uri) => typed.get(uri),
    reported: (uri) => diagnostics.get(uri) ?? [],
    report(uri, about, said) {
      // A client names those at the place: what was said there before and is not any more has been mended.
      const older = (diagnostics.get(uri) ?? []).filter(({ span }) => !overlaps(span, about));
      const elsewhere = older.filter((each) => !said.some(({ span }) => span.start === each.span.start));
      const now = said.map(({ span, message }) => ({ span, message }));
      diagnostics.set(uri, [...now, ...elsewhere].slice(0, maxReported));
    },
    closed(uri) {
      diagnostics.delete(uri);
      typed.delete(uri);
    },
  };
}
