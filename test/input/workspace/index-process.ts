// A process that indexes a folder with a cache and says what it knows: for tests with several at once.
import { detachedRun } from '../../../server/core/run.ts';
import { createSyntax } from '../../../server/input/syntax/index.ts';
import { createBuilder } from '../../../server/input/workspace/index/builder.ts';
import { createDiskCache } from '../../../server/input/workspace/index/disk-cache.ts';
import { outlinedLanguage } from '../../../server/input/workspace/index/index.ts';
import { createFileReader } from '../../../server/input/workspace/index/read-files.ts';

const [folder, cache, rounds] = process.argv.slice(2) as [string, string, string];
const { log } = detachedRun((level, message) => {
  if (level === 'error' || level === 'warning') process.stderr.write(`${message}\n`);
});
const syntax = await createSyntax({ log });
const reader = createFileReader(Promise.resolve(syntax));
let read = 0;
for (let round = 0; round < Number(rounds); round++) {
  read = 0;
  const builder = createBuilder({
    log,
    languageOf: outlinedLanguage(syntax),
    read: (at, files) => {
      read += files.length;
      return reader(at, files);
    },
    lanes: 1,
    tell: () => undefined,
    cache: createDiskCache(cache, 'test', log),
  });
  builder.follow([{ path: folder, exclude: [] }]);
  await builder.settled();
  // Everything is told to have changed, so that each round writes.
  builder.changed([folder]);
  await builder.settled();
  const { files, symbols } = builder.state();
  await builder.stop();
  process.stdout.write(`${JSON.stringify({ files, symbols, read })}\n`);
}
