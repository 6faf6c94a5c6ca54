// All features, a row each, in the order in which they are attached.
import { codeAction } from './code-action.ts';
import { codeActionResolve } from './code-action-resolve.ts';
import { codeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { completionResolve } from './completion-resolve.ts';
import { diagnostic } from './diagnostic.ts';
import { executeCommand } from './execute-command.ts';
import type { Feature } from './feature.ts';
import { hover } from './hover.ts';
import { inlineCompletion } from './inline-completion.ts';
import { synchronization } from './synchronization.ts';
import { workspace } from './workspace.ts';

export const features: readonly Feature[] = [
  synchronization,
  workspace,
  completion,
  completionResolve,
  inlineCompletion,
  codeAction,
  codeActionResolve,
  executeCommand,
  codeLens,
  hover,
  diagnostic,
];
