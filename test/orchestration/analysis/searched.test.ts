// A text that was searched before is searched again only where it differs, and the same is found.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Finder, loadFinder, type Secret } from '../../../server/input/privacy/index.ts';
import { remembering } from '../../../server/orchestration/analysis/searched.ts';

let find: Finder;

beforeAll(async () => {
  find = await loadFinder();
});

const placesOf = (secrets: Iterable<Secret>): readonly string[] =>
  [...new Set([...secrets].map(({ kind, span }) => `${span.start}..${span.end} ${kind}`))].sort();

// Put together here, so that no scanner takes them for real ones.
const random = (length: number): string =>
  Array.from({ length }, (_, at) => 'qZ7xK2mW9vB4nT6pR8sL3dF5gH1jC0yA'[(at * 13 + (at >> 2)) % 32]).join('');
const webToken = `${'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'}.${`eyJ${random(2400)}`}.${random(43)}`;
const lines = [
  'def load(path: str) -> dict:',
  '    return json.loads(open(path).read())',
  `password = "${random(20)}"`,
  `    api_key: "${random(32)}",`,
  `url = "https://user:${random(18)}@example.com/path"`,
  `Authorization: Bearer ${random(40)}`,
  `token = "${webToken}"`,
  `curl -u admin:${random(16)} https://example.com`,
  '',
  '# a comment of some length that says nothing about any secret at all, and goes on for a while',
  `${'AKIA'}${'IOSFODNN7ABCDEFG'}`,
];
const line = fc.oneof({ weight: 4, arbitrary: fc.constant(lines[1]!) }, fc.constantFrom(...lines));
const piece = fc.oneof(
  fc.constantFrom(
    'x',
    '"',
    '\n',
    ' = ',
    'password',
    'token: "',
    '://',
    '@',
    '-----BEGIN RSA PRIVATE KEY-----\n',
  ),
  line,
);
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(60), text: piece });

test('after any edits, the secrets are those of a search through the whole text', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 40, maxLength: 140 }),
      fc.array(edit, { maxLength: 12 }),
      (all, edits) => {
        const search = remembering(find);
        let text = all.join('\n');
        expect(placesOf(search(text))).toEqual(placesOf(find(text)));
        for (const { at, removed, text: inserted } of edits) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + inserted + text.slice(start + removed);
          expect(placesOf(search(text))).toEqual(placesOf(find(text)));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a long text of which one word changed is not searched whole', () => {
  const seen: number[] = [];
  const search = remembering((text) => {
    seen.push(text.length);
    return find(text);
  });
  const text = lines.slice(0, 6).join('\n').repeat(200);
  search(text);
  const found = search(`${text.slice(0, 9000)}word${text.slice(9000)}`);
  expect(seen[0]).toBe(text.length);
  expect(seen[1]).toBeLessThan(4000);
  expect([...found].length).toBeGreaterThan(500);
});
