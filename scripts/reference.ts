// The reference as text, made from the schema of the settings and from the checks themselves, so that it cannot be wrong.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { settingsSchema } from '../server/core/settings.ts';
import { readLanguages } from '../server/input/syntax/languages.ts';
import { findResources } from '../server/input/syntax/resources.ts';
import { type ProgramCheck, programChecks } from '../server/validation/checks/programs.ts';
import { checks as staticChecks } from '../server/validation/index.ts';

const checks: readonly ProgramCheck[] = [...staticChecks, ...programChecks];

/** Where a check's page lies under docs/: a family has one. */
const pageOf = (name: string): string => `checks/${name.replace('/*', '')}.md`;

const root = fileURLToPath(new URL('..', import.meta.url));

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
}

/** The JSON schema of a settings file, for editors that complete and check it. */
export function settingsJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(settingsSchema, { io: 'input', target: 'draft-7' }) as JsonSchema;
  return {
    ...schema,
    properties: {
      $schema: { type: 'string', description: 'The schema of this file, for your editor.' },
      ...schema.properties,
    },
  };
}

/** Path from the project's root to what the file must hold. The README is the present one with its tables made anew. */
export function referenceFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/settings.md', settingsPage()],
    ['docs/checks.md', checksPage()],
    ...checks.map((check) => [`docs/${pageOf(check.name)}`, checkPage(check)] as const),
    ['README.md', readme()],
  ]);
}

const generated = '<!-- Made by `npm run docs`; edit the schema or the check instead. -->';

function readme(): string {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  return text.replace(
    /(<!-- settings -->\n)[\s\S]*?(<!-- \/settings -->)/,
    (_, start: string, end: string) => `${start}${settingsTable()}\n${end}`,
  );
}

interface SettingRow {
  readonly key: string;
  readonly schema: JsonSchema;
}

function settingRows(schema: JsonSchema, path: readonly string[] = []): SettingRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const key = [...path, name];
    // The names of checks have a reference of their own.
    const isTable = inner.properties === undefined || key.join('.') === 'validation.checks';
    return isTable ? [{ key: key.join('.'), schema: inner }] : settingRows(inner, key);
  });
}

/** Every role takes the same endpoint: told once. */
const isRepeated = ({ key }: SettingRow): boolean => /^models\.(?!default\.)/.test(key);

const settingsSchemaRows = (): SettingRow[] =>
  settingRows(settingsJsonSchema()).filter((row) => row.key !== '$schema' && !isRepeated(row));

const settingsTable = (): string =>
  table(
    ['setting', 'value', 'default', 'effect'],
    settingsSchemaRows().map(({ key, schema }) => [
      `\`${key}\``,
      allowed(schema),
      schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``,
      schema.description ?? '',
    ]),
  );

function allowed(schema: JsonSchema): string {
  if (schema.anyOf) return schema.anyOf.map(allowed).join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (schema.type === 'integer') return `${schema.minimum} to ${schema.maximum}`;
  if (schema.type === 'array') return `list of ${schema.items?.type ?? 'anything'}s`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return `name to ${allowed(schema.additionalProperties)}`;
  }
  return schema.type ?? '';
}

function settingsPage(): string {
  const { models } = settingsJsonSchema().properties!;
  const roles = Object.entries(models!.properties!).map(([role, { description }]) => [
    `\`models.${role}\``,
    description ?? '',
  ]);
  return `${generated}

# Settings

Read from these places, each over the one before it:

1. the defaults;
2. your file, \`$XDG_CONFIG_HOME/vouch/config.json\`, else \`~/.config/vouch/config.json\`;
3. your editor: \`initializationOptions\` or the section \`vouch\` of \`workspace/configuration\`;
4. the project's \`.vouch.json\`.

Both files may have comments and trailing commas. A setting that is unknown or has a wrong value is named with its line,
and everything else in the file stays in force. \`vouch doctor\` shows what is in force and where it is from. An
endpoint is taken from one place as a whole; the lists of \`privacy.exclude\` add up.

The package has a JSON schema for your editor, \`dist/vouch.schema.json\`:
\`{ "$schema": "./node_modules/vouch-lsp/dist/vouch.schema.json" }\`.

${settingsTable()}

## Roles

Each takes what \`models.default\` takes.

${table(['role', 'what it does'], roles)}

## What a project may not do

Until you trust its folder (\`vouch trust DIR\`), a \`.vouch.json\` cannot name endpoints, raise
\`budget.contextTokens\`, set \`privacy.redact\` to false, take an exclusion back, have a model complete where your own
settings keep to the embedded engine, or start programs. What was ignored is told, with its line.

## An example

\`\`\`jsonc
{
  "models": {
    "default": { "baseURL": "http://127.0.0.1:11434/v1", "model": "qwen2.5-coder:7b" },
    "completion": { "baseURL": "http://127.0.0.1:8012/v1", "api": "fim" }
  },
  "validation": { "checks": { "incomplete/elision": "off" } },
  "privacy": { "exclude": ["secrets/**", "*.pem"] }
}
\`\`\`
`;
}

function checksPage(): string {
  return `${generated}

# Checks

${table(
  ['check', 'severity', 'finds'],
  checks.map(({ name, severity, summary }) => [`[\`${name}\`](${pageOf(name)})`, severity, summary]),
)}

## By language

${languagesTable()}

●: judged. Elsewhere the check is silent, and the evidence of generated code says that it did not run. What a check
cannot be sure of in a judged language, it passes over: a wildcard import, a class whose bases are not known, a value
whose type no line tells for certain.

The last three start programs: of generated code before it is offered, of your own on "Check with all there is"
(\`source.vouch.validate\`), and only where \`validation.run\` allows it. ● there means that vouch knows a judge, a way to
run examples, a test runner; which of them this machine has, \`vouch doctor\` tells.

## Severity

Severities are set by \`validation.checks\`: \`{ "validation": { "checks": { "names/unresolved": "warning" } } }\`; \`off\`
silences a check, and \`names/*\` stands for all of a group. In the code, a comment on the line or alone on the line
above does it for one place: \`vouch: ignore\`, or \`vouch: ignore[names/unresolved]\`. Comments that say the same to
other tools for the same fault are respected.
`;
}

/** The languages that more than the grammar alone is known of; all of `security/` counts as one. */
function languagesTable(): string {
  const all = readLanguages(findResources().grammars);
  const byFacts = checks.filter(({ name }) => !name.startsWith('syntax/'));
  const languages = all.filter((language) => byFacts.some((check) => check.judges(language)));
  const families = new Map<string, ProgramCheck[]>();
  for (const check of checks) {
    const family = check.name.startsWith('security/') ? 'security/*' : check.name;
    families.set(family, [...(families.get(family) ?? []), check]);
  }
  const rows = [...families].map(([family, members]) => [
    `\`${family}\``,
    ...languages.map((language) => {
      const count = members.filter((check) => check.judges(language)).length;
      if (count === 0) return '';
      return members.length === 1 ? '●' : `${count}`;
    }),
  ]);
  return table(['check', ...languages.map(({ name }) => name)], rows);
}

function checkPage({ name, severity, summary, example }: ProgramCheck): string {
  return `${generated}

# ${name}

${summary}

\`\`\`${example.languageId}
${example.code.trimEnd()}
\`\`\`

Severity: ${severity}, unless \`validation.checks\` says otherwise:

\`\`\`json
{ "validation": { "checks": { "${name}": "off" } } }
\`\`\`

For one place, a comment on its line, or alone on the line above: \`vouch: ignore[${name}]\`.
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
