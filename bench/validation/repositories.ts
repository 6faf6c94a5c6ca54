// False alarms, time and findings over real trees, one folder a repository.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lineAt, lineStarts } from '../../server/core/lines.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { check, log, print } from './kit.ts';

export async function measureRepositories(all: Syntax, folder: string, findingsToo: boolean): Promise<void> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await measureRepository(all, join(folder, entry.name), findingsToo);
  }
}

async function measureRepository(all: Syntax, folder: string, findingsToo: boolean): Promise<void> {
  const project = createProject({
    log,
    syntax: all,
    folders: [{ path: folder, exclude: [] }],
    openText: () => undefined,
  });
  const found = new Map<string, number>();
  let files = 0;
  let bytes = 0;
  let milliseconds = 0;
  let slowest = 0;
  for (const path of project.files(folder)) {
    const language = all.languageFor(path);
    if (!language || !(await all.load(language.id))) continue;
    await project.prepare(language.id);
    const text = readFileSync(path, 'utf8');
    const started = performance.now();
    const file = all.parse(language.id, text);
    if (!file) continue;
    const findings = check(file, path, language, project);
    const took = performance.now() - started;
    file.release();
    files++;
    bytes += text.length;
    milliseconds += took;
    slowest = Math.max(slowest, took);
    const starts = lineStarts(text);
    for (const finding of findings) {
      found.set(finding.check, (found.get(finding.check) ?? 0) + 1);
      if (!findingsToo) continue;
      const line = lineAt(starts, finding.span.start);
      const code = text.slice(starts[line], starts[line + 1]).trim();
      print({
        at: `${relative(folder, path)}:${line + 1}`,
        check: finding.check,
        message: finding.message,
        fix: finding.fixes.find(({ certain }) => certain)?.title,
        code: code.slice(0, 160),
      });
    }
  }
  print({
    bench: 'validation/repository',
    repository: folder.split('/').at(-1),
    files,
    bytes,
    findings: Object.fromEntries(found),
    millisecondsPerFile: milliseconds / files,
    slowestMilliseconds: slowest,
  });
}
