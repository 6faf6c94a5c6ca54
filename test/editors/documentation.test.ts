// What the documentation of an editor tells to paste is, to the letter, the file beside it that is tried.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationOf } from './workplace.ts';

/** A remark that names the file, then its text in a fence. */
const shown = /<!-- (?<file>\S+) -->\n\n```\S*\n(?<text>[\s\S]*?)```/g;
const texts = (document: string) =>
  [...document.matchAll(shown)].map(({ groups }) => [groups!.file!, groups!.text!] as const);

const folders = readdirSync(configurationOf(''), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(folders)('editors/%s/README.md', (folder) => {
  const pasted = texts(readFileSync(configurationOf(`${folder}/README.md`), 'utf8'));

  it('shows what to paste', () => {
    expect(pasted.length).toBeGreaterThan(0);
  });

  it.each(pasted)('shows %s as it is', (file, text) => {
    expect(text).toBe(readFileSync(configurationOf(`${folder}/${file}`), 'utf8'));
  });
});

it('the first page shows the same', () => {
  const pasted = texts(readFileSync(configurationOf('../README.md'), 'utf8'));
  expect(pasted.length).toBeGreaterThan(0);
  for (const [file, text] of pasted) expect(text).toBe(readFileSync(configurationOf(`../${file}`), 'utf8'));
});
