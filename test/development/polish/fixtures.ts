// Reads the cases under test/fixtures/polish; the format is told in its README.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { applyEdits, type Span } from '../../../server/core/span.ts';
import type { PolishContext } from '../../../server/development/polish/index.ts';

export interface PolishCase {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  readonly target: Span;
  readonly mode: PolishContext['mode'];
  readonly answer: string;
  /** The whole file after; `undefined` when nothing is usable. */
  readonly result: string | undefined;
}

const folder = fileURLToPath(new URL('../../fixtures/polish/', import.meta.url));
const grammars = fileURLToPath(new URL('../../../grammars/', import.meta.url));

export const polishCases = (): { readonly topic: string; readonly cases: readonly PolishCase[] }[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({
      topic: name.slice(0, -'.txt'.length),
      cases: readFileSync(folder + name, 'utf8')
        .split(/^=== /m)
        .slice(1)
        .map(caseOf),
    }));

function caseOf(source: string): PolishCase {
  const [name = '', ...parts] = source.split(/\n--- |^--- /);
  const sections = new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).split(' ')[0]!, { title: part.slice(0, end), text: part.slice(end + 1) }];
    }),
  );
  const text = (section: string): string => {
    const found = sections.get(section);
    if (!found) throw new Error(`"${name}" has no section ${section}`);
    return found.text.replaceAll('\\r\n', '\r\n').replaceAll('\\r', '\r');
  };
  const [before = '', ...others] = text('file').split('$0');
  if (others.length === 0 || others.length > 2) throw new Error(`"${name}" needs one or two marks $0`);
  const replaced = others.length === 2 ? others[0]! : '';
  const result = text('result').replace(/\n$/, '');
  return {
    name: name.trim(),
    languageId: sections.get('file')!.title.split(' ')[1]!,
    text: before + others.join(''),
    target: { start: before.length, end: before.length + replaced.length },
    mode: others.length === 2 ? 'replace' : 'insert',
    answer: text('answer'),
    result: result === '(nothing)' ? undefined : result,
  };
}

export function contextOf({ text, target, mode, languageId }: PolishCase): PolishContext {
  const path = `${grammars}${languageId}/language.json`;
  return {
    language: existsSync(path) ? { id: languageId, ...JSON.parse(readFileSync(path, 'utf8')) } : undefined,
    before: text.slice(0, target.start),
    after: text.slice(target.end),
    replaced: text.slice(target.start, target.end),
    mode,
  };
}

/** The file with the polished text in place, without line breaks at its end. */
export const applied = ({ text, target }: PolishCase, newText: string): string =>
  applyEdits(text, [{ span: target, newText }]).replace(/\n$/, '');
