// What the classes around the place inherit: the members of their bases, wherever those are declared.
import { contains, span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import type { Definition } from './definitions.ts';
import { followImportsMs, maxBaseDepth } from './limits.ts';
import { meaningOf, namesInType } from './resolve-name.ts';
import type { Source } from './source.ts';
import { typeSnippet } from './type-snippet.ts';

export const inherited: Source = (run, question, nearby) => {
  const { file, snapshot, offset, project, language } = question;
  const here = span(offset, offset);
  const end = run.now() + followImportsMs[question.purpose];
  const snippets: Snippet[] = [];
  const seen = new Set<string>();
  const follow = (from: Definition, name: string, depth: number): void => {
    for (const base of from.symbol.bases ?? []) {
      run.signal.throwIfAborted();
      if (run.now() > end) return;
      // What stands in brackets behind a base are its arguments, not what it has.
      const [written] = namesInType(spanText(from.text, base));
      const meaning = written && meaningOf({ ...from, project, language }, written);
      if (!meaning) continue;
      const key =
        meaning.kind === 'workspace' ? keyOf(meaning.definition) : `${written} ${meaning.declaration.module}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const reason = `inherited by \`${name}\``;
      const snippet = typeSnippet(question, nearby, meaning, reason, 0.85 - depth * 0.1);
      if (snippet) snippets.push(snippet);
      if (meaning.kind === 'workspace' && depth < maxBaseDepth) follow(meaning.definition, name, depth + 1);
    }
  };
  for (const symbol of file.facts.symbols) {
    if (!symbol.bases || !contains(symbol.span, here)) continue;
    follow({ path: snapshot.path, text: file.text, facts: file.facts, symbol }, symbol.name, 1);
  }
  return snippets;
};

const keyOf = ({ path, symbol }: Definition): string => `${path}:${symbol.span.start}`;
