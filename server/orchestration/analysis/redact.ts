// Prompts without secrets: every text that goes into one is looked through before it is cut and counted, so that what is
// counted is what is sent, and a secret that the budget would cut in two is seen whole.
import { ModelFailure } from '../../core/model.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Requirement, RequirementFacts, Snippet } from '../../core/task.ts';
import { createRedaction, type Finder, loadFinder, type Redaction } from '../../input/privacy/index.ts';
import type { BuiltPrompt, Feedback } from './analysis.ts';
import { remembering } from './searched.ts';

/** What of a question reaches a prompt. */
export interface PromptTexts {
  readonly snapshot: Snapshot;
  readonly snippets: readonly Snippet[];
  /** The cursor of a completion. */
  readonly offset?: number;
  readonly requirement?: Requirement;
  readonly facts?: RequirementFacts;
  readonly feedback?: Feedback;
}

/** Texts of a prompt that may be sent, and how to look through what is made of them. */
export interface Sendable<Texts extends PromptTexts> {
  readonly texts: Texts;
  /** Words that are put beside the texts: a path, a name. */
  words(text: string): string;
  /** The prompt as it was put together, looked through once more: two harmless texts may be a secret side by side. */
  built(prompt: BuiltPrompt): BuiltPrompt;
}

export interface Redactor {
  /**
   * The same texts with placeholders for secrets, and the places in them moved along.
   * @throws ModelFailure when secrets cannot be looked for: then nothing may be sent.
   */
  prompt<Texts extends PromptTexts>(texts: Texts): Promise<Sendable<Texts>>;
  /**
   * A model's answer with the document's own secrets where it repeats their placeholders. Those of other files stay.
   * @throws ModelFailure as `prompt` does.
   */
  answer(text: string, snapshot: Snapshot): Promise<string>;
}

/** Documents whose placeholders are remembered until an answer comes: more are not asked about at one time. */
const maxRemembered = 8;

/** @param load for tests of what happens when the rules cannot be had. */
export function createRedactor(load: () => Promise<Finder> = loadFinder): Redactor {
  let loading: Promise<Finder> | undefined;
  /** By the text of the document, the one used last at the end. */
  const remembered = new Map<string, Redaction>();

  const finder = async (): Promise<Finder> => {
    loading ??= load().then(remembering);
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

  /** The document is learnt first, so that its placeholders are the same in every prompt, whatever comes beside it. */
  const redactionOf = async ({ text }: Snapshot): Promise<Redaction> => {
    const find = await finder();
    let redaction = remembered.get(text);
    if (!redaction) {
      const secrets = [...find(text)];
      redaction = createRedaction((asked) => (asked === text ? secrets : find(asked)));
      redaction.learn(text);
    }
    remembered.delete(text);
    remembered.set(text, redaction);
    for (const oldest of remembered.keys()) if (remembered.size > maxRemembered) remembered.delete(oldest);
    return redaction;
  };

  return {
    async prompt(texts) {
      const { snapshot, snippets, offset, requirement, facts, feedback } = texts;
      const { learn, redact } = await redactionOf(snapshot);
      const words = (text: string): string => redact(text).text;
      for (const text of textsBeside(texts)) learn(text);
      const document = redact(snapshot.text);
      const redacted = {
        ...texts,
        snapshot: { ...snapshot, text: document.text },
        snippets: snippets.map((snippet) => ({
          ...snippet,
          text: words(snippet.text),
          ...(snippet.short !== undefined && { short: words(snippet.short) }),
          reason: words(snippet.reason),
          span: snippet.path === snapshot.path ? document.span(snippet.span) : snippet.span,
        })),
        ...(offset !== undefined && { offset: document.offset(offset) }),
        ...(requirement && {
          requirement: {
            ...requirement,
            target: document.span(requirement.target),
            subject: document.span(requirement.subject),
            prose: words(requirement.prose),
            ...(requirement.symbol && {
              symbol: {
                name: words(requirement.symbol.name),
                signature: words(requirement.symbol.signature),
              },
            }),
          },
        }),
        ...(facts && { facts: redactedFacts(facts, words) }),
        ...(feedback && { feedback: { text: words(feedback.text), problems: words(feedback.problems) } }),
      };
      return { texts: redacted, words, built: (prompt) => redactedPrompt(prompt, words) };
    },
    async answer(text, snapshot) {
      if (!text.includes('[redacted: ')) return text;
      return (await redactionOf(snapshot)).restore(text, snapshot.text);
    },
  };
}

/** What beside the document reaches a prompt: its secrets are known before any text is redacted that repeats them. */
function* textsBeside({ snippets, requirement, facts, feedback }: PromptTexts): Generator<string> {
  for (const { text, short, reason } of snippets) yield* [text, short ?? '', reason];
  if (requirement) yield* [requirement.prose, requirement.symbol?.signature ?? ''];
  for (const { text } of [...(facts?.references ?? []), ...(facts?.tests ?? [])]) yield text;
  if (feedback) yield* [feedback.text, feedback.problems];
}

/** Places in examples refer to the document as it is, which no prompt shows them by. */
const redactedFacts = (facts: RequirementFacts, words: (text: string) => string): RequirementFacts => ({
  ...facts,
  prose: words(facts.prose),
  ...(facts.signature !== undefined && { signature: words(facts.signature) }),
  references: facts.references.map((one) => ({ ...one, label: words(one.label), text: words(one.text) })),
  tests: facts.tests.map((one) => ({ ...one, name: words(one.name), text: words(one.text) })),
});

const redactedPrompt = (built: BuiltPrompt, words: (text: string) => string): BuiltPrompt => ({
  prompt: {
    ...built.prompt,
    messages: built.prompt.messages.map(({ role, content }) => ({ role, content: words(content) })),
  },
  ...(built.fim && {
    fim: {
      prefix: words(built.fim.prefix),
      suffix: words(built.fim.suffix),
      context: words(built.fim.context),
    },
  }),
});

/** What stands in a prompt for a secret, as a model may repeat it. */
export const placeholder = /\[redacted:\s*[^\]\n]{1,60}\]/gi;
