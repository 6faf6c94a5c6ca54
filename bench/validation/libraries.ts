// imports/unknown-package against replies of a model that was led to invent libraries: which of the libraries that do not
// exist are told, and which that do are told wrongly. Nothing is asked of a network, and nothing on this machine counts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { check, log, print, records } from './kit.ts';

interface Reply {
  readonly id: string;
  readonly type: string;
  readonly code: readonly string[];
  readonly imports: readonly string[];
  readonly hallucinated: readonly string[];
}

export async function measureLibraries(all: Syntax, folder: string, findingsToo: boolean): Promise<void> {
  const language = all.languageFor('reply.py')!;
  await all.load(language.id);
  const root = mkdtempSync(join(tmpdir(), 'vouch-bench-'));
  const project = createProject({
    log,
    syntax: all,
    folders: [{ path: root, exclude: [] }],
    openText: () => undefined,
    environment: {},
  });
  const count = {
    replies: 0,
    invented: 0,
    flagged: 0,
    right: 0,
    repliesInvented: 0,
    repliesFlagged: 0,
    repliesRight: 0,
  };
  let milliseconds = 0;
  try {
    for (const reply of records<Reply>(join(folder, 'hallucination/libraries.jsonl.gz'))) {
      const told = new Set<string>();
      for (const text of reply.code) {
        const started = performance.now();
        const file = all.parse(language.id, text)!;
        for (const finding of check(file, join(root, 'reply.py'), language, project)) {
          if (finding.check === 'imports/unknown-package') told.add(/`([^`]+)`/.exec(finding.message)![1]!);
        }
        milliseconds += performance.now() - started;
        file.release();
      }
      const invented = new Set(reply.hallucinated.map((name) => name.split('.', 1)[0]!));
      const right = [...told].filter((name) => invented.has(name));
      count.replies++;
      count.invented += invented.size;
      count.flagged += told.size;
      count.right += right.length;
      if (invented.size > 0) count.repliesInvented++;
      if (told.size > 0) count.repliesFlagged++;
      if (right.length > 0) count.repliesRight++;
      if (!findingsToo) continue;
      const missed = [...invented].filter((name) => !told.has(name));
      const wrong = [...told].filter((name) => !invented.has(name));
      if (missed.length + wrong.length > 0) print({ id: reply.id, type: reply.type, missed, wrong });
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  print({
    bench: 'validation/libraries',
    ...count,
    precision: count.right / count.flagged,
    recall: count.right / count.invented,
    precisionOfReplies: count.repliesRight / count.repliesFlagged,
    recallOfReplies: count.repliesRight / count.repliesInvented,
    millisecondsEach: milliseconds / count.replies,
  });
}
