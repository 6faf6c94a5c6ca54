// The sorted part of the index against a search by hand: the same places agree in the same number of tokens.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { abstractKey, createAbstraction } from '../../../server/development/models/embedded/abstraction.ts';
import { createDocumentIndex } from '../../../server/development/models/embedded/document-index.ts';
import { boundary, createLexer } from '../../../server/development/models/embedded/lexer.ts';
import { maxOrder } from '../../../server/development/models/embedded/limits.ts';
import { placeAt } from '../../../server/development/models/embedded/places.ts';
import { buildSegment, narrow, type Segment } from '../../../server/development/models/embedded/segment.ts';
import { createVocabulary } from '../../../server/development/models/embedded/vocabulary.ts';

const source = fc
  .array(fc.constantFrom('a', 'b', 'foo', 'bar', '(', ')', ' = ', '\n', '\n  ', '7'), { maxLength: 60 })
  .map((parts) => parts.join(''));

function build(texts: readonly string[]): Segment {
  const vocabulary = createVocabulary();
  const lexer = createLexer(vocabulary);
  const files = texts.map((text, index) => ({
    path: `${index}`,
    serial: index,
    length: text.length,
    tokens: lexer.lex(text).tokens,
  }));
  const steps = buildSegment(files, createAbstraction(vocabulary, files.length), vocabulary.size * 2);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** How many tokens before two places are the same. */
function agreement(tokens: Int32Array, keyOf: (token: number) => number, a: number, b: number): number {
  let depth = 0;
  while (
    depth < maxOrder &&
    tokens[a - 1 - depth] !== boundary &&
    tokens[b - 1 - depth] !== boundary &&
    keyOf(tokens[a - 1 - depth]!) === keyOf(tokens[b - 1 - depth]!)
  ) {
    depth++;
  }
  return depth;
}

test.each(['concrete', 'abstract'] as const)('every place with the same %s context is found', (which) => {
  fc.assert(
    fc.property(fc.array(source, { minLength: 1, maxLength: 4 }), fc.nat(), (texts, pick) => {
      const segment = build(texts);
      const { tokens } = segment;
      const classes = which === 'abstract' ? segment.abstraction.classes : undefined;
      const keyOf = (token: number): number => (classes ? abstractKey(classes, token) : token);
      const sorted = segment[which].places;
      fc.pre(sorted.low.length > 0);
      const from = placeAt(sorted, pick % sorted.low.length);
      const keys: number[] = [];
      while (keys.length < maxOrder && tokens[from - 1 - keys.length] !== boundary) {
        keys.push(keyOf(tokens[from - 1 - keys.length]!));
      }
      const lows = new Int32Array(maxOrder);
      const highs = new Int32Array(maxOrder);
      const depths = narrow(segment[which], Int32Array.from(keys), keys.length, lows, highs, {
        places: 1e6,
        deadline: Number.POSITIVE_INFINITY,
      });
      expect(depths).toBe(keys.length);
      const places = [...sorted.low.keys()].map((index) => placeAt(sorted, index));
      for (let depth = 0; depth < depths; depth++) {
        const found = [...places.slice(lows[depth], highs[depth])].sort((a, b) => a - b);
        const wanted = places.filter((place) => agreement(tokens, keyOf, from, place) > depth);
        expect(found).toEqual(wanted.sort((a, b) => a - b));
      }
    }),
  );
});

test('a document that was typed piece by piece is indexed as one that was opened', () => {
  fc.assert(
    fc.property(fc.array(source, { minLength: 1, maxLength: 6 }), source, (versions, after) => {
      const vocabulary = createVocabulary();
      const lexer = createLexer(vocabulary);
      const tokensOf = (text: string): Int32Array => lexer.lex(text).tokens;
      const all = versions.map(tokensOf);
      const below = tokensOf(after);
      const abstraction = createAbstraction(vocabulary, 0);
      const typed = createDocumentIndex();
      for (const version of all) typed.update(below, version, abstraction);
      const opened = createDocumentIndex();
      opened.update(below, all.at(-1)!, abstraction);
      const last = all.at(-1)!;
      const context = Int32Array.from([...last].reverse().slice(0, maxOrder));
      const seen = (index: typeof typed): [number, number][] => {
        const list: [number, number][] = [];
        index.matches(context, context.length, 'concrete', (place, order) => list.push([place, order]));
        return list;
      };
      expect(seen(typed)).toEqual(seen(opened));
    }),
  );
});
