// The OpenAI protocol as far as an answer is read: one schema for chunks and whole answers of chat and completions.
import * as z from 'zod/mini';
import type { ModelEvent } from '../../core/model.ts';

const text = z.optional(z.nullable(z.string()));

/** Some thinking models answer with parts, of which only those of type `text` are the answer. */
const content = z.optional(
  z.nullable(z.union([z.string(), z.array(z.object({ type: z.optional(z.string()), text: text }))])),
);

const spoken = z.optional(z.nullable(z.object({ content })));

const answerPart = z.object({
  choices: z.optional(
    z.nullable(
      z.array(
        z.object({
          index: z.optional(z.nullable(z.number())),
          text,
          delta: spoken,
          message: spoken,
          finish_reason: text,
        }),
      ),
    ),
  ),
  usage: z.optional(
    z.nullable(
      z.object({ prompt_tokens: z.optional(z.number()), completion_tokens: z.optional(z.number()) }),
    ),
  ),
});

/** An error as servers put it into a body; also inside of an answer with status 200. */
const errorBody = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.optional(z.nullable(z.string())),
      code: z.optional(z.nullable(z.union([z.string(), z.number()]))),
      type: z.optional(z.nullable(z.string())),
      param: z.optional(z.nullable(z.string())),
    }),
  ]),
});

export interface ServerError {
  readonly message: string;
  /** Code and type, as far as given: `404 not_found_error`. */
  readonly code: string;
  readonly param: string;
}

export interface AnswerPart {
  readonly text: string;
  readonly finish?: Extract<ModelEvent, { type: 'finish' }>['reason'];
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

const finishReasons: Readonly<Record<string, NonNullable<AnswerPart['finish']>>> = {
  stop: 'stop',
  eos: 'stop',
  length: 'length',
  max_tokens: 'length',
  content_filter: 'filter',
};

/** One chunk, or a whole answer; `undefined` when it is neither. Thoughts of a model count as an empty text. */
export function readPart(value: unknown): AnswerPart | undefined {
  const parsed = z.safeParse(answerPart, value);
  if (!parsed.success || (!parsed.data.choices && !parsed.data.usage)) return undefined;
  const { choices, usage } = parsed.data;
  // Only one answer is asked for; a server that sends several anyway would mix them.
  const choice = choices?.find(({ index }) => (index ?? 0) === 0);
  const reason = choice?.finish_reason;
  return {
    text: choice?.text ?? plain(choice?.delta?.content) ?? plain(choice?.message?.content) ?? '',
    ...(reason && { finish: finishReasons[reason] ?? 'unknown' }),
    ...(usage && {
      usage: { inputTokens: usage.prompt_tokens ?? 0, outputTokens: usage.completion_tokens ?? 0 },
    }),
  };
}

/** The error that a body holds; `undefined` when it holds none. */
export function readError(value: unknown): ServerError | undefined {
  const parsed = z.safeParse(errorBody, value);
  if (!parsed.success) return undefined;
  const { error } = parsed.data;
  if (typeof error === 'string') return { message: error, code: '', param: '' };
  return {
    message: error.message ?? '',
    code: [error.code, error.type].filter((one) => one !== null && one !== undefined).join(' '),
    param: error.param ?? '',
  };
}

const plain = (value: z.infer<typeof content>): string | undefined =>
  Array.isArray(value)
    ? value
        .map(({ type, text: part }) => (type === undefined || type === 'text' ? (part ?? '') : ''))
        .join('')
    : (value ?? undefined);

/** The value, or `undefined` for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
