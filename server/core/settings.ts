// The settings as their reader sees them: one schema, from which the JSON schema, the defaults and the reference are made.
// Written with zod/mini: the whole of zod takes 60 ms and more to load, which is half of what a start may cost.
import * as z from 'zod/mini';
import { severities } from './finding.ts';

/** What a setting does, in one sentence; it reaches the JSON schema and the reference. */
const about = (description: string) => z.describe(description);

const endpoint = z
  .strictObject({
    baseURL: z
      .string()
      .check(
        z.regex(/^https?:\/\/[^\s/]+/, 'must be a URL that begins with http:// or https://'),
        about('Base URL of an OpenAI-compatible server, up to and including /v1.'),
      ),
    model: z
      .optional(z.string())
      .check(about('Model name as the server knows it; the first that it lists when absent.')),
    apiKeyEnv: z
      .optional(
        z
          .string()
          .check(
            z.regex(
              /^[A-Za-z_][A-Za-z0-9_]*$/,
              'must be the name of an environment variable, never the key itself',
            ),
          ),
      )
      .check(about('Environment variable that holds the API key. The key itself is never a setting.')),
    api: z
      ._default(z.enum(['auto', 'fim', 'chat']), 'auto')
      .check(about('How completions are asked for: fill-in-the-middle, chat, or whichever the server can.')),
    template: z
      .optional(z.string())
      .check(
        about(
          'Fill-in-the-middle template with {prefix} and {suffix}, for servers that take neither `suffix` nor know the model.',
        ),
      ),
  })
  .check(about('One model behind one endpoint.'));

export const roles = ['completion', 'planner', 'coder', 'tester', 'reviewer'] as const;
export type Role = (typeof roles)[number];

/** What each role does, for the reference. */
const roleDuties: Record<Role, string> = {
  completion: 'Completes at the cursor.',
  planner: 'Turns a requirement into steps.',
  coder: 'Implements, rewrites, documents and fixes.',
  tester: 'Writes tests.',
  reviewer: 'Judges what another model wrote.',
};

/** Every check that a severity can be set for. A name that ends in `/*` stands for a family, as `types/TOOL` does. */
export const checkNames = [
  'syntax/error',
  'names/unresolved',
  'imports/unknown-package',
  'imports/undeclared-package',
  'imports/unknown-module',
  'imports/unknown-export',
  'members/unknown',
  'calls/arguments',
  'incomplete/placeholder',
  'incomplete/elision',
  'security/*',
  'secrets/hardcoded',
  'types/*',
  'examples/failed',
  'properties/failed',
  'tests/failed',
  'requirement/ambiguous',
] as const;

const registryAddress = z
  .string()
  .check(z.regex(/^https?:\/\/[^\s]*\{name\}/, 'must be a URL with {name} in it'));

const checkSeverity = z.enum([...severities, 'off']);

/** Names for the JSON schema, so that an editor can complete them. */
const checkNameSchemas = Object.fromEntries(
  checkNames.filter((name) => !name.endsWith('*')).map((name) => [name, { enum: [...severities, 'off'] }]),
);

const judge = z
  .union([
    z.literal(false),
    z.strictObject({
      command: z
        .array(z.string().check(z.minLength(1)))
        .check(z.minLength(1))
        .check(
          about(
            'The program and its parameters; it speaks the language server protocol on its standard streams.',
          ),
        ),
      languages: z.array(z.string()).check(about('Language ids of the files that it judges.')),
      settings: z
        .optional(z.unknown())
        .check(about('What it is told as it starts, and when it asks for its settings by sections.')),
    }),
  ])
  .check(about('A language server that judges code, or false to leave out a ready-made one.'));

const sharedIndex = z.strictObject({
  url: z
    .string()
    .check(
      z.regex(
        /^postgres(?:ql)?:\/\/(?![^/?#@]*:[^/?#@]*@)\S+$/,
        'must be a URL that begins with postgres:// and holds no password',
      ),
      about('PostgreSQL database that `vouch index` fills: postgres://user@host/database.'),
    ),
  passwordEnv: z
    .optional(
      z
        .string()
        .check(
          z.regex(
            /^[A-Za-z_][A-Za-z0-9_]*$/,
            'must be the name of an environment variable, never the password itself',
          ),
        ),
    )
    .check(about('Environment variable that holds its password.')),
});

export const settingsSchema = z.strictObject({
  models: z._default(
    z
      .strictObject({
        default: z
          .optional(endpoint)
          .check(about('Stands in for every role that has no endpoint of its own.')),
        ...(Object.fromEntries(
          roles.map((role) => [role, z.optional(endpoint).check(about(roleDuties[role]))]),
        ) as Record<Role, z.ZodMiniOptional<typeof endpoint>>),
      })
      .check(about('Role to endpoint. A role that is absent falls back to "default".')),
    {},
  ),
  completion: z.prefault(
    z.strictObject({
      engine: z
        ._default(z.enum(['auto', 'embedded', 'model', 'off']), 'auto')
        .check(
          about(
            'What completes: the embedded engine at once and the model when it answers (auto), one of them, or nothing.',
          ),
        ),
    }),
    {},
  ),
  validation: z.prefault(
    z.strictObject({
      scope: z
        ._default(z.enum(['changed', 'generated', 'file']), 'changed')
        .check(
          about(
            'Which lines the editor is told about: those that differ from git HEAD, those that vouch wrote, or all.',
          ),
        ),
      checks: z._default(z.record(z.string(), checkSeverity), {}).check(
        z.meta({
          description: 'Check name to severity, or off.',
          properties: checkNameSchemas,
        }),
      ),
      registries: z
        ._default(z.record(z.string(), registryAddress), {})
        .check(
          about(
            'Ecosystem (pypi, npm, gomod, cargo) to the URL, with {name} in it, that answers 200 for a package that exists and 404 for another. Only names of packages that nothing else knows are sent. Empty: nothing is.',
          ),
        ),
      judges: z
        ._default(z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]*$/)), judge), {})
        .check(
          about(
            'Name to a language server, as command, languages and settings, that judges code besides the ready-made ones; one of their names starts it otherwise, and false not at all.',
          ),
        ),
      run: z
        ._default(z.enum(['never', 'ask', 'always']), 'ask')
        .check(about('Whether judges, examples and tests may be started.')),
    }),
    {},
  ),
  budget: z.prefault(
    z.strictObject({
      contextTokens: z
        ._default(z.int().check(z.minimum(256), z.maximum(1_000_000)), 4096)
        .check(about('Tokens that the whole prompt of one request may have.')),
      samples: z
        ._default(z.int().check(z.minimum(1), z.maximum(100)), 1)
        .check(about('Answers asked for, of which the best is offered.')),
      repairs: z
        ._default(z.int().check(z.minimum(0), z.maximum(10)), 2)
        .check(about('How often an answer with findings goes back to the model.')),
    }),
    {},
  ),
  index: z
    .optional(sharedIndex)
    .check(
      about(
        'An index of the workspace that a team keeps, asked for what the local one leaves open. Only your own settings can name it.',
      ),
    ),
  privacy: z.prefault(
    z.strictObject({
      exclude: z
        ._default(z.array(z.string()), [])
        .check(
          about(
            'Glob patterns of files that are never sent to a model. Those of the user, the client and the project add up.',
          ),
        ),
      redact: z._default(z.boolean(), true).check(about('Replace secrets in whatever is sent.')),
    }),
    {},
  ),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SharedIndexSettings = z.infer<typeof sharedIndex>;
export type JudgeSettings = z.infer<typeof judge>;
export type EndpointSettings = z.infer<typeof endpoint>;

export const defaultSettings: Settings = settingsSchema.parse({});
