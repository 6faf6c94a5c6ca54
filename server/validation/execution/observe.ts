// What candidates do at inputs: values in a form that is the same for equal ones, kinds of errors, or no end.

import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Language } from '../../core/language.ts';
import type { Run } from '../../core/run.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ask } from './ask.ts';
import type { HarnessOutcome } from './protocol.ts';

export interface Input {
  /** Expression that makes the instance, for a method; absent: the class called with nothing. */
  readonly receiver?: string;
  /** As the language writes them. */
  readonly arguments: readonly string[];
  readonly keywords?: Readonly<Record<string, string>>;
  /** Where it comes from: nearer to what the user wrote first. */
  readonly source: 'example' | 'test' | 'mutant' | 'synthesised';
}

export type Behaviour =
  /** `value` is equal for values that compare equal; `changed` tells what became of arguments and of the instance. */
  | { readonly kind: 'value'; readonly value: string; readonly changed?: string }
  | { readonly kind: 'raised'; readonly error: string }
  | { readonly kind: 'timeout' }
  /** The input could not be made, the candidate not be loaded, or there was no time left. */
  | { readonly kind: 'not-run'; readonly why: string };

/**
 * Calls each candidate with each input.
 * @param candidates whole texts of the unit's file.
 * @returns one row a candidate, one behaviour an input.
 * @throws the abort reason when the run ends; Error when the sandbox cannot make a place to run in.
 */
export async function observe(
  run: Run,
  sandbox: Sandbox,
  language: Language,
  unit: ExecutionUnit,
  candidates: readonly string[],
  inputs: readonly Input[],
): Promise<readonly (readonly Behaviour[])[]> {
  const questions = inputs.map(({ receiver, arguments: values, keywords = {} }) => ({
    kind: 'input' as const,
    ...(receiver !== undefined && { receiver }),
    arguments: values,
    keywords,
  }));
  const asked = await ask(run, sandbox, language, unit, candidates, questions);
  return candidates.map((_, candidate) =>
    'cannot' in asked
      ? inputs.map(() => ({ kind: 'not-run', why: asked.cannot }))
      : asked.rows[candidate]!.map(behaviourOf),
  );
}

function behaviourOf(outcome: HarnessOutcome): Behaviour {
  switch (outcome.kind) {
    case 'value':
      return {
        kind: 'value',
        value: outcome.value,
        ...(outcome.changed !== undefined && { changed: outcome.changed }),
      };
    case 'raised':
    case 'failed':
      return { kind: 'raised', error: outcome.raised ?? 'an error' };
    case 'timeout':
      return { kind: 'timeout' };
    case 'died':
      return { kind: 'raised', error: 'the end of its process' };
    case 'unclear':
    case 'unloadable':
      return { kind: 'not-run', why: outcome.why };
    case 'passed':
    case 'ran':
      return { kind: 'not-run', why: 'the harness answered another question' };
  }
}
