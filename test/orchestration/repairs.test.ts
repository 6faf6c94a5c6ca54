// Repairs of an answer, from the prompt that tells what was found in it to the next try where nothing was gained.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings, type Settings } from '../../server/core/settings.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import { type ModelServer, startModelServer } from '../kit/model-server.ts';

const run = detachedRun(() => undefined);
const text = 'def double(number):\n    """Twice the number."""\n    ...\n';

async function propose(server: ModelServer, repairs: number) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vouch-repairs-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const workbench = await createWorkbench({
    notice: () => undefined,
    log: () => undefined,
    ask: async () => undefined,
    findingsChanged: () => undefined,
  });
  onTestFinished(() => workbench.dispose());
  const settings: Settings = {
    ...defaultSettings,
    models: { default: { baseURL: server.baseURL, model: 'test-model', api: 'chat' } },
    budget: { ...defaultSettings.budget, repairs },
    validation: { ...defaultSettings.validation, run: 'never' },
  };
  workbench.configure([{ path: folder, settings }], settings);
  const path = join(folder, 'a.py');
  writeFileSync(path, text);
  const uri = pathToFileURL(path).href;
  workbench.documents.open({ uri, path, languageId: 'python', version: 1, text });
  const offers = await workbench.offers(run, uri, { start: 5, end: 5 }, []);
  return workbench.propose(run, offers.find(({ requirement }) => requirement.kind === 'implement')!);
}

it('a second one of the same answer is not the same question again', async () => {
  await using server = await startModelServer();
  const wrong = '```python\ndef double(number):\n    return absent_one(number)\n```';
  // As bad as what it repairs, so that it is not kept.
  const other = wrong.replace('absent_one', 'absent_other');
  server.reply(
    { text: [wrong] },
    { text: [other] },
    { text: [wrong.replace('absent_one(number)', 'number * 2')] },
  );
  const { edits } = await propose(server, 2);
  const [, first, second] = server.requests.map(({ body }) => body);
  expect(second.messages).toEqual(first.messages);
  expect([first.temperature, second.temperature]).toEqual([0, expect.closeTo(0.8)]);
  expect(edits[0]!.newText).toContain('number * 2');
});
