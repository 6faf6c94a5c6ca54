// What is asked of a model for a prompt: the same for sending it and for showing it.
import type { Model, ModelRequest } from '../core/model.ts';
import type { Role } from '../core/settings.ts';
import type { Prompt, TaskKind } from '../core/task.ts';
import type { BuiltPrompt, CandidateQuestion } from './analysis/analysis.ts';
import { answerTokens, completionTokens } from './budget.ts';

/** Who writes, and how the answer enters the document. One row a kind of task. */
export const taskRows: Readonly<Record<TaskKind, { role: Role; mode: CandidateQuestion['mode'] }>> = {
  implement: { role: 'coder', mode: 'replace' },
  rewrite: { role: 'coder', mode: 'replace' },
  fix: { role: 'coder', mode: 'replace' },
  document: { role: 'coder', mode: 'comment' },
  tests: { role: 'tester', mode: 'replace' },
  plan: { role: 'planner', mode: 'notes' },
};

/** The first sample is the model's most likely answer; further ones must differ to be worth their price. */
const samplingTemperature = 0.8;

/** @param sample which of several answers to the same prompt, from 0. */
export const taskRequest = (prompt: Prompt, sample: number): ModelRequest => ({
  kind: 'chat',
  messages: prompt.messages,
  about: aboutOf(prompt),
  maxTokens: answerTokens,
  temperature: sample === 0 ? 0 : samplingTemperature,
  stop: [],
});

const aboutOf = ({ files = [], tokens }: Prompt): NonNullable<ModelRequest['about']> => ({ files, tokens });

/** Tokens that the fence around a chat's answer takes. */
const fenceTokens = 32;

export function completionRequest(
  { api }: Pick<Model, 'api'>,
  { prompt, fim }: BuiltPrompt,
  multiline: boolean,
): ModelRequest {
  const maxTokens = multiline ? completionTokens.block : completionTokens.line;
  return api === 'fim' && fim
    ? {
        kind: 'fim',
        ...fim,
        about: aboutOf(prompt),
        maxTokens,
        temperature: 0,
        stop: multiline ? [] : ['\n'],
      }
    : {
        kind: 'chat',
        messages: prompt.messages,
        about: aboutOf(prompt),
        maxTokens: maxTokens + fenceTokens,
        temperature: 0,
        stop: [],
      };
}
