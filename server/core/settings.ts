// The settings as their reader sees them: one schema, from which the JSON schema, the defaults and the reference are made.
import { z } from 'zod';
import { severities } from './finding.ts';

const endpoint = z
  .strictObject({
    baseURL: z.string().describe('Base URL of an OpenAI-compatible server, up to and including /v1.'),
    model: z
      .string()
      .optional()
      .describe('Model name as the server knows it; the first that it lists when absent.'),
    apiKeyEnv: z
      .string()
      .optional()
      .describe('Environment variable that holds the API key. The key itself is never a setting.'),
    api: z
      .enum(['auto', 'fim', 'chat'])
      .default('auto')
      .describe('How completions are asked for: fill-in-the-middle, chat, or whichever the server can.'),
    template: z
      .string()
      .optional()
      .describe(
        'Fill-in-the-middle template with {prefix} and {suffix}, for servers that take neither `suffix` nor know the model.',
      ),
  })
  .describe('One model behind one endpoint.');

export const roles = ['completion', 'planner', 'coder', 'tester', 'reviewer'] as const;
export type Role = (typeof roles)[number];

export const settingsSchema = z.strictObject({
  models: z
    .strictObject({
      default: endpoint.optional(),
      ...(Object.fromEntries(roles.map((role) => [role, endpoint.optional()])) as Record<
        Role,
        z.ZodOptional<typeof endpoint>
      >),
    })
    .default({})
    .describe('Role to endpoint. A role that is absent falls back to "default".'),
  completion: z
    .strictObject({
      engine: z
        .enum(['auto', 'embedded', 'model', 'off'])
        .default('auto')
        .describe(
          'What completes: the embedded engine at once and the model when it answers (auto), one of them, or nothing.',
        ),
    })
    .prefault({}),
  validation: z
    .strictObject({
      scope: z
        .enum(['changed', 'generated', 'file'])
        .default('changed')
        .describe(
          'Which lines the editor is told about: those that differ from git HEAD, those that vouch wrote, or all.',
        ),
      checks: z
        .record(z.string(), z.enum([...severities, 'off']))
        .default({})
        .describe('Check name to severity, or off.'),
      run: z
        .enum(['never', 'ask', 'always'])
        .default('ask')
        .describe('Whether judges, examples and tests may be started.'),
    })
    .prefault({}),
  budget: z
    .strictObject({
      contextTokens: z
        .int()
        .min(256)
        .max(1_000_000)
        .default(4096)
        .describe('Tokens that the whole prompt of one request may have.'),
      samples: z
        .int()
        .min(1)
        .max(100)
        .default(1)
        .describe('Answers asked for, of which the best is offered.'),
      repairs: z
        .int()
        .min(0)
        .max(10)
        .default(2)
        .describe('How often an answer with findings goes back to the model.'),
    })
    .prefault({}),
  privacy: z
    .strictObject({
      exclude: z
        .array(z.string())
        .default([])
        .describe('Glob patterns of files that are never sent to a model.'),
      redact: z.boolean().default(true).describe('Replace secrets in whatever is sent.'),
    })
    .prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export type EndpointSettings = z.infer<typeof endpoint>;

export const defaultSettings: Settings = settingsSchema.parse({});
