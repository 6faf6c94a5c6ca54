// What the classes around the place inherit: the members of their bases, wherever those are declared.
import { contains, span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import type { Definition } from './definitions.ts';
import { followImportsMs, maxBaseDepth } from './limits.ts';
import { type Meaning, meaningOf, namesInType } from './resolve-name.ts';
import type { ContextQuestion, Source } from './source.ts';
import { typeSnippet } from './type-snippet.ts';

export const inherited: Source = (run, question, nearby) => {
  const { file, snapshot, offset } = question;
  const here = span(offset, offset);
  const end = run.now() + followImportsMs[question.purpose];
  const snippets = new Map<string, Snippet>();
  const follow = (from: Definition, heir: string, depth: number): void => {
    for (const base of from.symbol.bases ?? []) {
      run.signal.throwIfAborted();
      const meaning = run.now() > end ? undefined : baseOf(question, from, spanText(from.text, base));
      if (!meaning || snippets.has(keyOf(meaning))) continue;
      const reason = `inherited by \`${heir}\``;
      const snippet = typeSnippet(question, nearby, meaning, reason, 0.85 - depth * 0.1);
      if (!snippet) continue;
      snippets.set(keyOf(meaning), snippet);
      if (meaning.kind === 'workspace' && depth < maxBaseDepth) follow(meaning.definition, heir, depth + 1);
    }
  };
  for (const symbol of file.facts.symbols) {
    if (!symbol.bases || !contains(symbol.span, here)) continue;
    follow({ path: snapshot.path, text: file.text, facts: file.facts, symbol }, symbol.name, 1);
  }
  return [...snippets.values()];
};

/** What stands in brackets behind a base are its arguments, not what it has. */
function baseOf({ project, language }: ContextQuestion, from: Definition, base: string): Meaning | undefined {
  const [written] = namesInType(base);
  return written === undefined ? undefined : meaningOf({ ...from, project, language }, written);
}

const keyOf = (meaning: Meaning): string =>
  meaning.kind === 'workspace'
    ? `${meaning.definition.path}:${meaning.definition.symbol.span.start}`
    : `${meaning.declaration.module} ${meaning.declaration.name}`;
