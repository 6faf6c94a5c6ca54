// Real judges: those that are installed here find a wrong type, member and argument on its line, and know what a place is.
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../server/core/settings.ts';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import { findResources } from '../../../server/input/syntax/resources.ts';
import { createJudges } from '../../../server/validation/oracles/index.ts';
import { quietRun } from './kit.ts';

const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, '../../fixtures/oracles/projects');
const packages = join(here, '../../../node_modules');
const languages = readLanguages(findResources().grammars);

interface Project {
  readonly languageId: string;
  /** Each is asked alone. */
  readonly tools: readonly string[];
  readonly file: string;
  readonly text: string;
  /** A line that is put over the marked one, and what must be said of it. */
  readonly wrong: Readonly<Record<string, RegExp>>;
  /** What the members of the receiver must be. */
  readonly member: RegExp;
}

const projects: readonly Project[] = [
  {
    languageId: 'python',
    tools: ['pyright', 'basedpyright'],
    file: 'run.py',
    text: 'from session import Session\n\nold: int = "wrong before"\n\n\ndef run(session: Session) -> int:\n    return session.get("x")\n',
    wrong: {
      '    return session.fetch("x")': /fetch/,
      '    return session.get(3)': /"str"/,
      '    return str(session.get("x"))': /"int"/,
    },
    member: /get.*url/,
  },
  {
    languageId: 'typescript',
    tools: ['tsc', 'typescript-language-server'],
    file: 'run.ts',
    text: 'import { Session } from "./session.js";\n\nexport const old: number = "wrong before";\n\nexport function run(session: Session): number {\n  return session.get("x");\n}\n',
    wrong: {
      '  return session.fetch("x");': /fetch/,
      '  return session.get(3);': /'string'/,
      '  return String(session.get("x"));': /'number'/,
    },
    member: /get/,
  },
  {
    languageId: 'go',
    tools: ['gopls'],
    file: 'run.go',
    text: 'package lab\n\nvar old int = "wrong before"\n\nfunc run(session *Session) int {\n\treturn session.Get("x")\n}\n',
    wrong: { '\treturn session.Fetch("x")': /Fetch/, '\treturn session.Get(3)': /string/ },
    member: /Get.*url string/,
  },
  {
    languageId: 'c',
    tools: ['clangd'],
    file: 'run.c',
    text: 'struct session { int base; };\nint old = missing;\nint get(struct session *s, int url);\nint run(struct session *s) {\n  return get(s, s->base);\n}\n',
    wrong: { '  return get(s, s->fetch);': /fetch/, '  return get(s);': /[Tt]oo few arguments/ },
    member: /./,
  },
];

describe.each(projects)('$languageId', ({ languageId, tools, file, text, wrong, member }) => {
  it.for(tools)('%s', async (name, { skip }) => {
    const language = languages.find(({ id }) => id === languageId)!;
    const others = language.judges!.map((tool) => tool.name).filter((each) => each !== name);
    const root = await mkdtemp(join(tmpdir(), 'vouch-real-'));
    const judges = createJudges({
      languages,
      log: () => undefined,
      settingsFor: () => ({
        ...defaultSettings,
        validation: {
          ...defaultSettings.validation,
          judges: Object.fromEntries(others.map((each) => [each, false])),
        },
      }),
    });
    try {
      await cp(join(fixtures, languageId), root, { recursive: true });
      await installCompiler(root);
      const path = join(root, file);
      if ((await judges.available(languageId, path, root)).length === 0)
        skip(`${name} is not installed here`);
      const line = text.split('\n').findIndex((each) => /^\s+return/.test(each));
      for (const [put, said] of Object.entries(wrong)) {
        const lines = text.split('\n');
        lines[line] = put;
        const after = lines.join('\n');
        const start = after.indexOf(put);
        const change = { path, languageId, before: text, after, spans: [{ start, end: start + put.length }] };
        const [report] = await judges.judge(quietRun(), root, change);
        expect(report).toMatchObject({
          tool: name,
          findings: [{ check: `types/${name}`, severity: 'error', path }],
        });
        const [finding] = report!.findings;
        expect(finding!.message).toMatch(said);
        expect(after.slice(0, finding!.span.start).split('\n').length - 1).toBe(line);
      }
      const right = { path, languageId, before: text, after: `${text}\n`, spans: [] };
      expect((await judges.judge(quietRun(), root, right))[0]).toMatchObject({ findings: [] });
      if (languageId === 'c') return;
      const receiver = text.lastIndexOf('session.') + 'session'.length;
      const facts = await judges.facts(quietRun(), root, { path, languageId, text, offset: receiver });
      expect(
        facts
          .filter(({ kind }) => kind === 'member')
          .map((fact) => fact.text)
          .join('\n'),
      ).toMatch(member);
      expect(
        facts
          .filter(({ kind }) => kind === 'signature')
          .map((fact) => fact.text)
          .join('\n'),
      ).toMatch(/Session/);
    } finally {
      await judges.dispose();
      await rm(root, { recursive: true, force: true });
    }
  });
});

/** The compiler that this project has itself, as one of the project's own. */
async function installCompiler(root: string): Promise<void> {
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true });
  await symlink(join(packages, 'typescript'), join(root, 'node_modules/typescript'));
  await symlink('../typescript/bin/tsc', join(root, 'node_modules/.bin/tsc'));
}
