// A model as the rest of vouch sees it: a prompt in, a stream of text out. Wrappers (retry, timeout, limit) keep this shape.
import type { Run } from './run.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export type ModelRequest = {
  readonly maxTokens: number;
  /** 0 for the most likely answer. */
  readonly temperature: number;
  /** Texts at which the server is asked to stop. */
  readonly stop: readonly string[];
  /** What the prompt is made of, for the record of what was sent; no part of the request. */
  readonly about?: { readonly files: readonly string[]; readonly tokens: number };
} & (
  | { readonly kind: 'chat'; readonly messages: readonly Message[] }
  /** Fill in the middle. `context` is code of other files, most useful last, as comments or file headers. */
  | { readonly kind: 'fim'; readonly prefix: string; readonly suffix: string; readonly context: string }
);

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  /** The last event of a stream that was not cut. */
  | {
      readonly type: 'finish';
      readonly reason: 'stop' | 'length' | 'filter' | 'unknown';
      readonly usage?: Usage;
    };

export type ModelFailureKind =
  | 'not-configured' | 'unreachable' | 'unauthorized' | 'unknown-model' | 'rate-limited' | 'server-error'
  | 'bad-answer' | 'empty' | 'stalled' | 'cut' | 'too-long' | 'no-fim' | 'excluded'; // biome-ignore format: a table

/** Thrown by a stream. The message is for the user: what happened, at which endpoint, what to do. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly kind: ModelFailureKind;
  /** Milliseconds after which another try may succeed; absent when trying again is useless. */
  readonly retryAfter: number | undefined;
  constructor(
    kind: ModelFailureKind,
    message: string,
    options: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfter = options.retryAfter;
  }
}

export interface Model {
  /** `model @ host`, for logs, evidence and messages. */
  readonly name: string;
  /** Whether the endpoint can fill in the middle. */
  readonly api: 'fim' | 'chat';
  /**
   * Streams one answer. Returning from the loop early closes the connection.
   * @throws ModelFailure; or the abort reason of `run.signal` when the run has ended.
   */
  stream(run: Run, request: ModelRequest): AsyncIterable<ModelEvent>;
}
