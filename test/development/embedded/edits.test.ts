// The index after any series of edits, restarts among them, knows what one knows that is made of the last state alone: after
// every context the same tokens, equally often.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createIndexStore,
  type IndexStore,
} from '../../../server/development/models/embedded/index-store.ts';
import {
  boundary,
  createLexer,
  pieceOf,
  spaced,
  type Token,
} from '../../../server/development/models/embedded/lexer.ts';
import { maxOrder } from '../../../server/development/models/embedded/limits.ts';
import { placeAt } from '../../../server/development/models/embedded/places.ts';
import { atOnce, saveInSteps } from '../../../server/development/models/embedded/save.ts';
import { fromBytes } from '../../../server/development/models/embedded/saved-state.ts';
import { fileAt, narrow } from '../../../server/development/models/embedded/segment.ts';
import { createVocabulary, type Vocabulary } from '../../../server/development/models/embedded/vocabulary.ts';

interface Index {
  readonly vocabulary: Vocabulary;
  readonly store: IndexStore;
}

function create(): Index {
  const vocabulary = createVocabulary();
  return { vocabulary, store: createIndexStore(vocabulary, createLexer(vocabulary)) };
}

/** Saved as soon as all is worked in, however far it is sorted; `between` is done between the steps of saving. */
function restarted({ vocabulary, store }: Index, between: () => void): Index {
  while (store.stats().waiting > 0) store.work(0, true);
  const steps = saveInSteps({ pieces: vocabulary.saved(), ...store.saved, note: '', tuning: [] });
  steps.next();
  between();
  const state = fromBytes(atOnce(steps))!;
  const next = create();
  next.vocabulary.restore(state.pieces);
  next.store.restore(state.segments);
  return next;
}

const textOfToken = (vocabulary: Vocabulary, token: Token): string =>
  (spaced(token) ? ' ' : '') + vocabulary.text(pieceOf(token));

/** What stands behind a context of three tokens, and how often, by the files that were learned. */
function byHand(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const vocabulary = createVocabulary();
  const lexer = createLexer(vocabulary);
  const found = new Map<string, string[]>();
  for (const text of files.values()) {
    const tokens = [...lexer.lex(text).tokens].map((token) => textOfToken(vocabulary, token));
    for (let at = 1; at < tokens.length; at++) {
      const context = JSON.stringify(tokens.slice(Math.max(0, at - depth), at));
      found.set(context, [...(found.get(context) ?? []), tokens[at]!]);
    }
  }
  return found;
}
const depth = 3;

/** The same from the index: of a context that begins a file, only what stands right there. */
function asked({ vocabulary, store }: Index, context: readonly string[]): string[] {
  const keys = [...context].reverse().map((text) => {
    const space = text.startsWith(' ') && vocabulary.find(text) === -1 ? 1 : 0;
    return (vocabulary.find(text.slice(space)) << 1) | space;
  });
  const lows = new Int32Array(maxOrder);
  const highs = new Int32Array(maxOrder);
  const found: string[] = [];
  for (const segment of store.segments) {
    const { concrete, tokens, dead } = segment;
    const budget = { places: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY };
    if (narrow(concrete, Int32Array.from(keys), keys.length, lows, highs, budget) < keys.length) continue;
    for (let index = lows[keys.length - 1]!; index < highs[keys.length - 1]!; index++) {
      const place = placeAt(concrete.places, index);
      if (dead[fileAt(segment, place)] === 1) continue;
      if (context.length < depth && tokens[place - 1 - context.length] !== boundary) continue;
      found.push(textOfToken(vocabulary, tokens[place]!));
    }
  }
  return found;
}

const source = fc
  .array(fc.constantFrom('a', 'b', 'foo', '(', ' = ', '\n', '\n  ', '7', ' é', '  // x'), {
    minLength: 1,
    maxLength: 30,
  })
  .map((parts) => parts.join(''));
const edit = fc.oneof(
  { weight: 6, arbitrary: fc.record({ path: fc.constantFrom('1', '2', '3', '4'), text: source }) },
  {
    weight: 2,
    arbitrary: fc.record({ path: fc.constantFrom('1', '2', '3', '4'), text: fc.constant(undefined) }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'a little work' as const,
      'all work' as const,
      'restart' as const,
      'restart while it works' as const,
    ),
  },
);

type Step =
  | 'a little work'
  | 'all work'
  | 'restart'
  | 'restart while it works'
  | { readonly path: string; readonly text?: string | undefined };

function applied(edits: readonly Step[]): {
  readonly index: Index;
  readonly files: ReadonlyMap<string, string>;
} {
  let index = create();
  const files = new Map<string, string>();
  for (const one of edits) {
    if (one === 'a little work') index.store.work(0, true);
    else if (one === 'all work') while (index.store.work(1000, true));
    else if (one === 'restart') index = restarted(index, () => undefined);
    else if (one === 'restart while it works') {
      const { store } = index;
      index = restarted(index, () => {
        store.learn('typed meanwhile', 'foo(a)');
        while (store.work(1000, true));
      });
    } else if (one.text === undefined) {
      index.store.forget(one.path);
      files.delete(one.path);
    } else {
      index.store.learn(one.path, one.text);
      files.set(one.path, one.text);
    }
  }
  return { index, files };
}

test('any series of edits leads to the index of what is there at the end', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 14 }), (edits) => {
      const { index, files } = applied(edits);
      while (index.store.work(1000, true));
      for (const [context, wanted] of byHand(files)) {
        expect(asked(index, JSON.parse(context) as string[]).sort()).toEqual(wanted.sort());
      }
      const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
      expect(index.store.stats()).toMatchObject({ files: files.size, length: total, waiting: 0 });
      const fresh = create();
      for (const [path, text] of files) fresh.store.learn(path, text);
      for (const word of ['a', 'foo', '(', 'é']) {
        const id = index.vocabulary.find(word);
        const freshId = fresh.vocabulary.find(word);
        const expected = freshId === -1 ? 0 : fresh.vocabulary.files(freshId);
        expect(id === -1 ? 0 : index.vocabulary.files(id)).toBe(expected);
      }
    }),
  );
});

test('what was read in parts is one part when there is time, and a small change beside much is not', () => {
  const { store } = create();
  const learn = (path: string, words: number): void => {
    store.learn(path, Array.from({ length: words }, (_, at) => `${path}${at} = ${at}\n`).join(''));
    while (store.work(1, true));
  };
  learn('a', 100);
  learn('b', 100);
  expect(store.segments.map(({ files }) => files.length)).toEqual([2]);
  learn('c', 3);
  expect(store.segments.map(({ files }) => files.length)).toEqual([2, 1]);
});
