// Which files a prompt holds text of, as it names them: read off the prompt itself, so that the record says what was sent.
import type { BuiltPrompt } from './analysis.ts';
import type { PromptTexts } from './redact.ts';

export function withFiles<Built extends BuiltPrompt>(
  built: Built,
  shownPath: (path: string) => string,
  { snapshot, snippets, facts }: PromptTexts,
): Built {
  const candidates = new Set(
    [...snippets, ...(facts?.references ?? []), ...(facts?.tests ?? [])].map(({ path }) => shownPath(path)),
  );
  const messages = built.prompt.messages.map(({ content }) => content);
  const context = built.fim?.context ?? '';
  const isNamed = (path: string): boolean =>
    messages.some((text) => text.includes(`\`${path}\``)) || context.includes(` ${path}\n`);
  const own = shownPath(snapshot.path);
  const files = [own, ...[...candidates].filter((path) => path !== own && isNamed(path))];
  return { ...built, prompt: { ...built.prompt, files } };
}
