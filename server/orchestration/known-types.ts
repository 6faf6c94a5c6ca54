// What a judge knows of the values that a task works with, for its prompt: members of types that come from packages, whose
// sources no context of ours reads, as their language server tells them.
import { limitRun, throwIfEnded } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Snippet } from '../core/task.ts';
import type { JudgeFact } from '../validation/oracles/judge.ts';
import type { Workshop } from './propose.ts';
import { type Asked, findGrounds } from './trial.ts';

/** Parameters that are asked about: each is a question or three. */
const maximumParameters = 3;

/** Milliseconds that a prompt waits for all of it; one that is not warm is not waited for at all. */
const patienceMs = 1_500;

/** Types of the language itself are small letters in most; what is left comes from somewhere. */
const hasName = /[A-Z]|\./;

/** Above most of what lies around, below what the code itself declares. */
const score = 0.7;

/**
 * @returns nothing where no program may be started yet: a prompt asks no question.
 * @throws the abort reason when the run ends.
 */
export async function knownTypes(task: Asked): Promise<readonly Snippet[]> {
  const { run, workshop, snapshot, requirement } = task;
  const { folder, settings } = workshop;
  if ((await workshop.consent.known(folder, settings.validation.run)) !== undefined) return [];
  using limited = limitRun(run, patienceMs);
  const ended = new Promise<undefined>((resolve) => {
    limited.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const asked = async (): Promise<readonly Snippet[]> => {
    const { unit, path, languageId } = await findGrounds(task);
    const named = (unit?.parameters ?? []).filter(({ type }) => type !== undefined && hasName.test(type));
    if (named.length === 0) return [];
    const unsaved = await workshop.unsaved(path);
    const snippets: Snippet[] = [];
    for (const { name, type } of named.slice(0, maximumParameters)) {
      const { start, end } = requirement.target;
      const text = `${snapshot.text.slice(0, start)}${name}\n${snapshot.text.slice(end)}`;
      const question = { folder, path, languageId, text, unsaved, offset: start + name.length };
      const facts = await workshop.trials().facts(limited, question);
      const told = membersOf(facts);
      if (told === '') continue;
      const snippet = { path, span: requirement.subject, text: told, note: true, score };
      snippets.push({ ...snippet, reason: `what \`${name}: ${type}\` has, as the language server tells it` });
    }
    return snippets;
  };
  const answer = asked().catch((error: unknown) => {
    if (!limited.signal.aborted) run.log('warning', `no facts of types: ${String(error)}`);
    return undefined;
  });
  const snippets = (await Promise.race([answer, ended])) ?? [];
  throwIfEnded(run);
  return snippets;
}

/** Starts the server that will be asked, as soon as a document is opened where that may be and a model may ask for it. */
export async function warmJudges(workshop: Workshop, snapshot: Snapshot): Promise<void> {
  const { folder, settings, language, roles } = workshop;
  const { judges, run } = settings.validation;
  if (snapshot.path === '' || !(language?.judges || Object.keys(judges).length > 0)) return;
  if (!roles.configured('coder') || (await workshop.consent.known(folder, run)) !== undefined) return;
  const { path, text } = snapshot;
  await workshop.trials().warm(folder, { path, languageId: language?.id ?? snapshot.languageId, text });
}

const membersOf = (facts: readonly JudgeFact[]): string =>
  facts
    .filter(({ kind, text }) => kind === 'member' && !/^_/.test(text))
    .map(({ text }) => text)
    .join('\n');
