// Prompts without secrets: every text that goes into one is looked through before it is cut and counted, so that what is
// counted is what is sent, and a secret that the budget would cut in two is seen whole.
import { ModelFailure } from '../../core/model.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Requirement, Snippet } from '../../core/task.ts';
import { createRedaction, type Finder, loadFinder, type Secret } from '../../input/privacy/index.ts';
import type { Feedback } from './analysis.ts';

/** What of a question reaches a prompt. */
export interface PromptTexts {
  readonly snapshot: Snapshot;
  readonly snippets: readonly Snippet[];
  /** The cursor of a completion. */
  readonly offset?: number;
  readonly requirement?: Requirement;
  readonly feedback?: Feedback;
}

export interface Redactor {
  /**
   * The same texts with placeholders for secrets, and the places in them moved along.
   * @throws ModelFailure when secrets cannot be looked for: then nothing may be sent.
   */
  prompt<Texts extends PromptTexts>(texts: Texts): Promise<Texts>;
  /**
   * A model's answer with the document's own secrets where it repeats their placeholders. Those of other files stay.
   * @throws ModelFailure as `prompt` does.
   */
  answer(text: string, snapshot: Snapshot): Promise<string>;
}

/** @param load for tests of what happens when the rules cannot be had. */
export function createRedactor(load: () => Promise<Finder> = loadFinder): Redactor {
  let loading: Promise<Finder> | undefined;
  let last: { readonly text: string; readonly secrets: readonly Secret[] } | undefined;

  const finder = async (): Promise<Finder> => {
    loading ??= load();
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ModelFailure(
        'excluded',
        `The rules that find secrets cannot be loaded, so nothing is sent to a model (${reason}). Install vouch again, or set privacy.redact to false to send text with its secrets.`,
        { cause: error },
      );
    }
  };

  /** A prompt and the judging of its answer look at the same text: it is searched once. */
  const searched = (find: Finder, text: string): readonly Secret[] => {
    if (last?.text !== text) last = { text, secrets: [...find(text)] };
    return last.secrets;
  };

  const redactionOf = async ({ text }: Snapshot) => {
    const find = await finder();
    const redaction = createRedaction((asked) => (asked === text ? searched(find, text) : find(asked)));
    return { ...redaction, document: redaction.redact(text) };
  };

  return {
    async prompt(texts) {
      const { snapshot, snippets, offset, requirement, feedback } = texts;
      const { redact, document } = await redactionOf(snapshot);
      return {
        ...texts,
        snapshot: { ...snapshot, text: document.text },
        snippets: snippets.map((snippet) => ({
          ...snippet,
          text: redact(snippet.text).text,
          span: snippet.path === snapshot.path ? document.span(snippet.span) : snippet.span,
        })),
        ...(offset !== undefined && { offset: document.offset(offset) }),
        ...(requirement && {
          requirement: {
            ...requirement,
            target: document.span(requirement.target),
            subject: document.span(requirement.subject),
            prose: redact(requirement.prose).text,
          },
        }),
        ...(feedback && {
          feedback: { text: redact(feedback.text).text, problems: redact(feedback.problems).text },
        }),
      };
    },
    async answer(text, snapshot) {
      if (!text.includes('[redacted: ')) return text;
      return (await redactionOf(snapshot)).restore(text);
    },
  };
}
