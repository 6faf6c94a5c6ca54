// Puts a few questions to a real model server through vouch's own client: one JSON line each, with the raw answer, the
// polished one, and the milliseconds to the first text and to the end.
import { parseArgs } from 'node:util';
import { type Model, ModelFailure, type ModelRequest } from '../../server/core/model.ts';
import { Cancelled, detachedRun, limitRun, type Run } from '../../server/core/run.ts';
import type { EndpointSettings } from '../../server/core/settings.ts';
import { createOpenAIModel } from '../../server/development/models/openai.ts';
import { polish, promptMarks } from '../../server/development/polish/index.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080/v1' },
    model: { type: 'string' },
    api: { type: 'string', default: 'auto' },
  },
});
const api: EndpointSettings['api'] = values.api === 'fim' || values.api === 'chat' ? values.api : 'auto';
const endpoint = { baseURL: values.url, api, ...(values.model !== undefined && { model: values.model }) };

const python = {
  id: 'python',
  name: 'Python',
  aliases: [],
  extensions: ['.py'],
  comment: { line: '#' },
  indented: true,
  indent: '    ',
};

/** Functions with the part to be written between two `$0`. */
const places = [
  'def add(a, b):\n    """Sum of both."""\n    $0raise NotImplementedError$0\n',
  'def is_even(n):\n    """Whether n is even."""\n    $0raise NotImplementedError$0\n',
  'class Stack:\n    def __init__(self):\n        self.items = []\n\n    def pop(self):\n        """Remove and return the last item."""\n        $0raise NotImplementedError$0\n',
];

interface Heard {
  readonly answer: string;
  readonly first?: number;
  readonly all: number;
  readonly failure?: string;
}

/** Never throws: what went wrong is a part of the row. */
async function ask(run: Run, model: Model, request: ModelRequest): Promise<Heard> {
  const start = run.now();
  let answer = '';
  let first: number | undefined;
  let failure: string | undefined;
  try {
    for await (const event of model.stream(run, request)) {
      if (event.type !== 'text' || event.text === '') continue;
      first ??= run.now() - start;
      answer += event.text;
    }
  } catch (error) {
    if (!(error instanceof ModelFailure || error instanceof Cancelled)) throw error;
    failure = error instanceof ModelFailure ? `${error.kind}: ${error.message}` : error.message;
  }
  const milliseconds = (value: number): number => Math.round(value);
  return {
    answer,
    ...(first !== undefined && { first: milliseconds(first) }),
    all: milliseconds(run.now() - start),
    ...(failure !== undefined && { failure }),
  };
}

const shared = { temperature: 0, stop: [], maxTokens: 200 } as const;

function print(row: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

const run = detachedRun((level, message) => process.stderr.write(`${level}: ${message}\n`));
const model = createOpenAIModel(endpoint);
await model.prepare(run);

for (const place of places) {
  const [before = '', replaced = '', after = ''] = place.split('$0');
  const text = before + replaced + after;
  const snapshot = { uri: '', path: '', languageId: python.id, version: 0, text };
  const chat = await ask(run, model, {
    kind: 'chat',
    messages: [
      {
        role: 'user',
        content: `Implement the last function. Answer with one fenced code block: the whole function.\n\`\`\`python\n${text}\`\`\``,
      },
    ],
    ...shared,
  });
  const target = { start: before.length, end: before.length + replaced.length };
  const implemented = polish(
    { text: chat.answer, snapshot, target },
    { language: python, before, after, replaced, mode: 'replace' },
  );
  print({ bench: 'model/implement', model: model.name, ...chat, polished: implemented.text });

  const completion: ModelRequest =
    model.api === 'fim'
      ? { kind: 'fim', prefix: before, suffix: after, context: '', ...shared, maxTokens: 64 }
      : {
          kind: 'chat',
          messages: [
            {
              role: 'user',
              content: `Write what stands at ${promptMarks.cursor}, in one fenced code block.\n\`\`\`python\n${before}${promptMarks.cursor}${after}\`\`\``,
            },
          ],
          ...shared,
        };
  const completed = await ask(run, model, completion);
  const at = { start: before.length, end: before.length };
  const inserted = polish(
    { text: completed.answer, snapshot: { ...snapshot, text: before + after }, target: at },
    { language: python, before, after, replaced: '', mode: 'insert' },
  );
  print({ bench: `model/complete-${model.api}`, model: model.name, ...completed, polished: inserted.text });
}

const question: ModelRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: 'Count from one to a thousand in words.' }],
  ...shared,
  maxTokens: 2000,
};
using limited = limitRun(run, 500);
print({ bench: 'model/cancel-after-500-ms', model: model.name, ...(await ask(limited, model, question)) });
