// Texts and facts of files, open documents before the disk: kept while they are as they were, the least used dropped first.
import { statSync } from 'node:fs';
import type { FileFacts } from '../../core/facts.ts';
import type { ParsedFile, Syntax } from '../syntax/index.ts';
import { listingTrustMs, maxParsedFiles, maxParsedText } from './limits.ts';
import { readSource } from './read.ts';

export interface Sources {
  /** `undefined` for what is out of bounds or cannot be read as source. */
  text(path: string): string | undefined;
  facts(path: string): FileFacts | undefined;
  /** Forget these, or all. */
  forget(paths?: readonly string[]): void;
}

export interface SourcesOptions {
  readonly syntax: Syntax;
  readonly openText: (path: string) => string | undefined;
  readonly openFacts: ((path: string) => FileFacts | undefined) | undefined;
  readonly mayRead: (path: string) => boolean;
}

interface Known {
  readonly text: string;
  /** Of the file on disk; empty for an open document. */
  readonly stamp: string;
  checked: number;
  /**
   * Kept with its tree for as long as the text is: facts cost several times as much as the parse, in time and in memory, and
   * of most files few kinds are asked for.
   */
  parsed?: ParsedFile | undefined;
}

export function createSources({ syntax, openText, openFacts, mayRead }: SourcesOptions): Sources {
  const known = new Map<string, Known>();

  let length = 0;
  const drop = (path: string): void => {
    const entry = known.get(path);
    if (!entry) return;
    length -= entry.text.length;
    known.delete(path);
    entry.parsed?.release();
  };
  // The least recently used one goes first, since a map keeps the order of insertion; never the one that is asked for.
  const keep = (path: string, entry: Known): Known => {
    if (known.get(path) === entry) known.delete(path);
    else {
      drop(path);
      length += entry.text.length;
    }
    known.set(path, entry);
    while (known.size > 1 && (known.size > maxParsedFiles || length > maxParsedText)) {
      drop(known.keys().next().value!);
    }
    return entry;
  };

  const fromEditor = (path: string, text: string): Known | undefined => {
    const before = known.get(path);
    if (before?.text === text) return keep(path, before);
    return mayRead(path) ? keep(path, { text, stamp: '', checked: 0 }) : undefined;
  };

  const fromDisk = (path: string): Known | undefined => {
    const before = known.get(path);
    const now = performance.now();
    if (before?.stamp && now - before.checked < listingTrustMs) return keep(path, before);
    const stat = statSync(path, { throwIfNoEntry: false });
    const stamp = stat?.isFile() ? `${stat.mtimeMs}/${stat.size}` : '';
    if (before?.stamp && before.stamp === stamp) {
      before.checked = now;
      return keep(path, before);
    }
    drop(path);
    if (stamp === '' || !mayRead(path)) return undefined;
    const source = readSource(path);
    return 'text' in source ? keep(path, { text: source.text, stamp, checked: now }) : undefined;
  };

  const parse = (path: string, text: string): ParsedFile | undefined => {
    const language = syntax.languageFor(path);
    if (!language) return undefined;
    const file = syntax.parse(language.id, text);
    if (!file) void syntax.load(language.id);
    return file;
  };

  const load = (path: string): Known | undefined => {
    const open = openText(path);
    return open === undefined ? fromDisk(path) : fromEditor(path, open);
  };

  return {
    text: (path) => load(path)?.text,
    facts(path) {
      const entry = load(path);
      if (!entry) return undefined;
      const open = openText(path) === entry.text;
      // Facts of an open document are made anew as it changes.
      const theirs = open && !entry.parsed ? openFacts?.(path) : undefined;
      if (theirs) return theirs;
      entry.parsed ??= parse(path, entry.text);
      return entry.parsed?.facts;
    },
    forget(paths) {
      for (const path of paths ?? [...known.keys()]) drop(path);
    },
  };
}
