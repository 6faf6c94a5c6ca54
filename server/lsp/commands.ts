// The commands by name, and what their arguments may be: they come from the client, so they are checked.
import { ErrorCodes } from 'vscode-languageserver';
import type { Span } from '../core/span.ts';
import type { TaskKind } from '../core/task.ts';
import type { Offer } from '../orchestration/workbench.ts';
import { refusal } from './request.ts';

export const commands = {
  implement: 'vouch.implement',
  rewrite: 'vouch.rewrite',
  document: 'vouch.document',
  tests: 'vouch.tests',
  plan: 'vouch.plan',
  fix: 'vouch.fix',
  applyFix: 'vouch.applyFix',
  validate: 'vouch.validate',
  showEvidence: 'vouch.showEvidence',
  accept: 'vouch.accept',
  reject: 'vouch.reject',
  tryAnother: 'vouch.tryAnother',
  runTests: 'vouch.runTests',
  trustFolder: 'vouch.trustFolder',
} as const satisfies Record<TaskKind, string> & Record<string, string>;

export type Command = (typeof commands)[keyof typeof commands];

/** What the progress of a command is called. */
export const titles: Readonly<Record<Command, string>> = {
  'vouch.implement': 'Implement',
  'vouch.rewrite': 'Rewrite',
  'vouch.document': 'Document',
  'vouch.tests': 'Write tests',
  'vouch.plan': 'Plan',
  'vouch.fix': 'Fix',
  'vouch.applyFix': 'Apply the fix',
  'vouch.validate': 'Check with all there is',
  'vouch.showEvidence': 'Show the evidence',
  'vouch.accept': 'Accept',
  'vouch.reject': 'Reject',
  'vouch.tryAnother': 'Try another',
  'vouch.runTests': 'Run the tests',
  'vouch.trustFolder': 'Trust the folder',
};

/** A piece of a document at a version. */
export interface Place {
  readonly uri: string;
  readonly version: number;
  readonly span: Span;
}

/** What is to be looked at: a document, or a span of it. */
export type Scope = Pick<Place, 'uri'> & Partial<Place>;

/** A fix by its title, among those of the findings at a place. */
export interface FixChoice extends Place {
  readonly title: string;
}

export const isCommand = (name: string): name is Command =>
  (Object.values(commands) as string[]).includes(name);

/** @throws ResponseError InvalidParams when the value is no offer. */
export async function parseOffer(value: unknown): Promise<Offer> {
  const { offerSchema } = await import('./schemas.ts');
  const parsed = offerSchema.safeParse(value);
  if (!parsed.success) throw refusal(ErrorCodes.InvalidParams, 'the action does not say what is to be done');
  return parsed.data;
}

/** @throws ResponseError InvalidParams when the value is no place. */
export async function parsePlace(value: unknown): Promise<Place> {
  const { placeSchema } = await import('./schemas.ts');
  const parsed = placeSchema.safeParse(value);
  if (!parsed.success) throw refusal(ErrorCodes.InvalidParams, 'the command does not say where');
  return parsed.data;
}

/** @throws ResponseError InvalidParams when the value names no document. A bare URI is the whole of it. */
export async function parseScope(value: unknown): Promise<Scope> {
  if (typeof value === 'string') return { uri: value };
  const { scopeSchema } = await import('./schemas.ts');
  const parsed = scopeSchema.safeParse(value);
  if (!parsed.success) throw refusal(ErrorCodes.InvalidParams, 'the command does not say which document');
  return parsed.data;
}

/** @throws ResponseError InvalidParams when the value names no fix. */
export async function parseFixChoice(value: unknown): Promise<FixChoice> {
  const { fixChoiceSchema } = await import('./schemas.ts');
  const parsed = fixChoiceSchema.safeParse(value);
  if (!parsed.success) throw refusal(ErrorCodes.InvalidParams, 'the command does not say what to mend');
  return parsed.data;
}
