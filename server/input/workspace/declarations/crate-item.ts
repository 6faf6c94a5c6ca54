// What the end of a module's name means inside of the file that it leads to: a module in braces, an enumeration.
import type { Declaration } from '../../../core/declarations.ts';
import { ownMembersOf } from '../../../core/declared.ts';
import type { ModuleView } from './view.ts';

interface Place {
  readonly module: string;
  /** The file that the module's name leads to. */
  readonly path: string;
  /** The file that a shorter name leads to. */
  readonly pathOf: (module: string) => string | undefined;
  readonly viewOf: (path: string, module: string) => ModuleView | undefined;
  readonly text: (path: string) => string | undefined;
}

const separator = '::';

/** @returns the view of the file where the whole name leads to it; `undefined` where what is in it is not seen there. */
export function itemIn({ module, path, pathOf, viewOf, text }: Place): ModuleView | undefined {
  const segments = module.split(separator);
  let own = segments.length;
  while (own > 1 && pathOf(segments.slice(0, own - 1).join(separator)) === path) own--;
  let view = viewOf(path, segments.slice(0, own).join(separator));
  for (const segment of segments.slice(own)) {
    const found = view?.offers.byName
      .get(segment)
      ?.filter(({ kind }) => kind === 'enum' || kind === 'module');
    const [one] = found ?? [];
    if (!one || found!.length > 1 || isElsewhere(one, text)) return undefined;
    const members = ownMembersOf(one);
    if (!members) return undefined;
    const offers = { ...members, complete: one.kind === 'enum' };
    view = { module, offers, meaning: (name) => members.byName.get(name) };
  }
  return view;
}

/** A module whose text is in another file shows nothing here. */
const isElsewhere = ({ kind, place }: Declaration, text: Place['text']): boolean =>
  kind === 'module' && (!place || /^\s*;/.test(text(place.path)?.slice(place.span.end) ?? ';'));
