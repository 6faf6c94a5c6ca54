// The kinds of action that can be asked for on the command line, by their short names and by LSP's.
import { type TaskKind, taskKinds } from '../../core/task.ts';
import { wrongUsage } from '../failure.ts';

/** As an editor sees them. */
export const actionKinds: Record<TaskKind, string> = {
  implement: 'refactor.rewrite.vouch.implement',
  rewrite: 'refactor.rewrite.vouch.rewrite',
  document: 'refactor.rewrite.vouch.document',
  tests: 'refactor.rewrite.vouch.tests',
  plan: 'refactor.rewrite.vouch.plan',
  fix: 'quickfix',
};

/** @throws CommandFailure for a kind that does not exist. */
export function readActionKind(parameter: string): TaskKind {
  const kind = taskKinds.find((name) => parameter === name || parameter === actionKinds[name]);
  if (!kind) throw wrongUsage(`there is no action ${parameter}; there are ${taskKinds.join(', ')}`);
  return kind;
}
