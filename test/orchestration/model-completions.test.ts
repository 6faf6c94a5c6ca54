// A model's completions while somebody types: kept while they agree, asked again when they do not, one request a place.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings } from '../../server/core/settings.ts';
import { createWorkbench } from '../../server/orchestration/create-workbench.ts';
import type { CompletionAnswer, Workbench } from '../../server/orchestration/workbench.ts';
import { type ModelServer, startModelServer } from '../kit/model-server.ts';

const uri = 'untitled:cart.py';
const run = detachedRun(() => undefined);
let server: ModelServer;
let workbench: Workbench;
let notices: string[];

beforeEach(async () => {
  server = await startModelServer();
  notices = [];
  workbench = await createWorkbench({
    notice: (_, message) => notices.push(message),
    log: () => undefined,
    ask: async () => undefined,
    findingsChanged: () => undefined,
  });
  workbench.configure([], {
    ...defaultSettings,
    models: { default: { baseURL: server.baseURL, model: 'test-model', api: 'fim' } },
    completion: { engine: 'model' },
  });
  workbench.documents.open({ uri, path: '', languageId: 'python', version: 1, text: 'total = ' });
});

afterEach(async () => {
  await workbench.dispose();
  await server.close();
});

/** Types at the end of the document. */
function type(text: string): void {
  const { version, text: before } = workbench.documents.get(uri)!;
  const end = before.length;
  workbench.documents.change(uri, version + 1, [() => ({ span: { start: end, end }, newText: text })]);
}

const complete = (invoked = true): Promise<CompletionAnswer> =>
  workbench.complete(run, {
    uri,
    offset: workbench.documents.get(uri)!.text.length,
    invoked,
    multiline: true,
  });

const texts = ({ candidates }: CompletionAnswer): string[] => candidates.map(({ text }) => text);

describe('a completion by a model', () => {
  it('goes on while what is typed agrees with it, without another request', async () => {
    server.reply({ text: ['sum(', '[1])'] });
    expect(texts(await complete())).toEqual(['sum([1])']);
    type('sum');
    expect(texts(await complete())).toEqual(['([1])']);
    expect(server.requests).toHaveLength(1);
  });

  it('is asked for anew where the typing went another way', async () => {
    server.reply({ text: ['sum([1])'] }, { text: ['([1])'] });
    await complete();
    type('max');
    expect(texts(await complete())).toEqual(['([1])']);
    expect(server.requests).toHaveLength(2);
  });

  it('is asked for the present place when what came does not fit what was typed before it came', async () => {
    let go = (_: string): void => undefined;
    const late = new Promise<string>((resolve) => (go = resolve));
    server.reply({ text: [late] }, { text: ['([1])'] });
    const first = complete();
    await server.request(0);
    type('max');
    const second = complete();
    go('sum([1])');
    await first.catch(() => undefined);
    expect(texts(await second)).toEqual(['([1])']);
  });

  it('is one request for two questions at one place', async () => {
    server.reply({ text: ['sum([1])'] });
    const both = await Promise.all([complete(), complete()]);
    expect(both.map(texts)).toEqual([['sum([1])'], ['sum([1])']]);
    expect(server.requests).toHaveLength(1);
  });

  it('is asked again behind one that was taken whole', async () => {
    server.reply({ text: ['sum([1])'] }, { text: [' + 1'] });
    await complete();
    type('sum([1])');
    expect(texts(await complete())).toEqual([' + 1']);
  });

  it('that fails is told once, and the document can be completed again', async () => {
    server.reply({ status: 401 }, { status: 401 }, { text: ['1'] });
    expect(texts(await complete())).toEqual([]);
    type('\n');
    expect(texts(await complete())).toEqual([]);
    type('x = ');
    expect(texts(await complete())).toEqual(['1']);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('401');
  });
});

describe('while one key follows the other', () => {
  it('the first is asked for at once, and those after it only when the typing pauses', async () => {
    server.always({ text: ['1'] });
    await complete(false);
    expect(server.requests).toHaveLength(1);
    const controllers = [new AbortController(), new AbortController()];
    for (const controller of controllers) {
      type('\nx = ');
      const offset = workbench.documents.get(uri)!.text.length;
      const question = { uri, offset, invoked: false, multiline: true };
      const answer = workbench.complete({ ...run, signal: controller.signal }, question);
      controller.abort(new Error('the next key'));
      await expect(answer).rejects.toThrow('the next key');
    }
    type('\ny = ');
    expect(texts(await complete(false))).toEqual(['1']);
    expect(server.requests).toHaveLength(2);
  });
});
