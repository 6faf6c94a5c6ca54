// The door of the context room: what of the project belongs into the prompt, best first.
import type { Run } from '../../core/run.ts';
import { span } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { importedDefinitions } from './imported-definitions.ts';
import { maxSnippets } from './limits.ts';
import { readNearby } from './nearby.ts';
import { ownScope } from './own-scope.ts';
import type { ContextQuestion, Source } from './source.ts';

export type { ContextQuestion } from './source.ts';

const sources: readonly (readonly [name: string, source: Source])[] = [
  ['own-scope', ownScope],
  ['imported-definitions', importedDefinitions],
];

/**
 * Evidence for a prompt about a place, best first. A source that fails costs one log line. Texts are code as it is
 * written, cut to signatures. Nothing comes from a file that git ignores or `privacy.exclude` names, other than the
 * document itself; whether that may be shown to a model is for the caller to know.
 * @throws the abort reason when the run has ended.
 */
export function gather(run: Run, question: ContextQuestion): readonly Snippet[] {
  const place = question.subject ?? span(question.offset, question.offset);
  const nearby = readNearby(question.file.text, place);
  const snippets = sources.flatMap(([name, source]) => {
    try {
      return source(run, question, nearby);
    } catch (error) {
      run.signal.throwIfAborted();
      run.log(
        'error',
        `context/${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return [];
    }
  });
  return snippets
    .filter(({ text }) => text.trim() !== '')
    .sort((a, b) => b.score - a.score)
    .slice(0, maxSnippets);
}
