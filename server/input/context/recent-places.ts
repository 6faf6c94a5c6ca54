// Where the user was before: places edited and looked at, the last one first, kept true while their files change.
import { type Edit, overlaps, type Span, shiftSpan, span } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { excerpt } from './excerpt.ts';
import { editJoin, maxRecentPlaces, maxRecentShown, recentLines } from './limits.ts';
import type { Source } from './source.ts';

export interface RecentPlace {
  readonly path: string;
  readonly span: Span;
  readonly how: 'edited' | 'viewed';
}

export interface RecentPlaces {
  /** A change was made in a file by its user. */
  edited(path: string, edits: readonly Edit[]): void;
  /** Something was asked about a place, or its file was opened. */
  viewed(path: string, offset: number): void;
  /** The last one first. */
  all(): readonly RecentPlace[];
}

export function createRecentPlaces(): RecentPlaces {
  let places: readonly RecentPlace[] = [];
  const add = (place: RecentPlace): void => {
    // What lies next to it is the same place, and being edited says more than being seen.
    const same = places.filter(
      (each) => each.path === place.path && overlaps(widened(each.span), place.span),
    );
    const how: RecentPlace['how'] =
      place.how === 'edited' || same.some((each) => each.how === 'edited') ? 'edited' : 'viewed';
    places = [{ ...place, how }, ...places.filter((each) => !same.includes(each))].slice(0, maxRecentPlaces);
  };
  return {
    edited(path, edits) {
      for (const edit of edits) {
        places = places.flatMap((each) => {
          if (each.path !== path) return [each];
          const moved = shiftSpan(each.span, edit);
          return moved ? [{ ...each, span: moved }] : [];
        });
        add({ path, span: span(edit.span.start, edit.span.start + edit.newText.length), how: 'edited' });
      }
    },
    viewed: (path, offset) => add({ path, span: span(offset, offset), how: 'viewed' }),
    all: () => places,
  };
}

const widened = ({ start, end }: Span): Span => span(Math.max(0, start - editJoin), end + editJoin);

export const recentPlaces: Source = (_run, { recent = [], project, snapshot, offset }) => {
  const snippets: Snippet[] = [];
  for (const { path, span: where, how } of recent) {
    if (snippets.length >= maxRecentShown) break;
    if (path === snapshot.path && overlaps(widened(where), span(offset, offset))) continue;
    const about = {
      reason: how === 'edited' ? 'edited just now' : 'looked at just now',
      score: (how === 'edited' ? 0.55 : 0.4) - snippets.length * 0.03,
    };
    const found = excerpt(project, path, where, recentLines, about);
    if (found && found.text.trim() !== '') snippets.push(found);
  }
  return snippets;
};
