// What the user is asked to allow where code itself would run, in words that are true of what closes it in.
import type { Sandbox } from '../../validation/sandbox/sandbox.ts';

/**
 * @param what would run here, in words: examples, tests.
 * @param interpreter package of an installed interpreter in WebAssembly, which takes what stands alone where no sandbox does.
 * @returns parts of a question; empty where there is nothing to run.
 */
export function whatRuns(
  { name, isolation }: Pick<Sandbox, 'name' | 'isolation'>,
  what: readonly string[],
  interpreter: string | undefined,
): readonly string[] {
  if (isolation === 'closed')
    return what.length === 0 ? [] : [`${what.join(' and ')} in a sandbox (${name})`];
  // A yes to anything is a yes to this, too: so it is always part of the question.
  const open = 'with limits but without a sandbox, since none works here';
  if (interpreter === undefined) return [`examples and tests, ${open}`];
  return [
    `examples in WebAssembly (${interpreter}), which reaches nothing of the machine`,
    `tests, and examples that need the project, ${open}`,
  ];
}
