// Findings in the editor: pushed to those that do not pull, pulled by those that do, never both.

import { describe, expect, it } from 'vitest';
import { DocumentDiagnosticRequest } from 'vscode-languageserver';
import type { Finding } from '../../server/core/finding.ts';
import { createDocuments } from '../../server/input/documents.ts';
import type { Workbench } from '../../server/orchestration/workbench.ts';
import { scriptedServer } from '../kit/scripted-workbench.ts';

const uri = 'file:///project/a.py';

const finding = (start: number, end: number): Finding => ({
  check: 'names/unresolved',
  severity: 'warning',
  path: '/project/a.py',
  span: { start, end },
  message: '`pint` is not defined; did you mean `print`?',
  fixes: [
    {
      title: 'Change to `print`',
      certain: true,
      edits: [{ path: '/project/a.py', edits: [{ span: { start, end }, newText: 'print' }] }],
    },
  ],
});

/** Finds every `pint`. */
function pintFinder(documents = createDocuments()): {
  documents: typeof documents;
  diagnose: Workbench['diagnose'];
} {
  return {
    documents,
    diagnose: async (_run, asked) => {
      const { text, version } = documents.get(asked)!;
      return { version, findings: [...text.matchAll(/pint/g)].map(({ index }) => finding(index, index + 4)) };
    },
  };
}

describe('a client that does not pull', () => {
  it('is told of findings as soon as a document is open, and as it changes', async () => {
    const { client } = await scriptedServer(pintFinder(), { profile: 'eglot19' });
    await client.open(uri, 'python', 'pint()\n');
    expect(await client.next('textDocument/publishDiagnostics')).toEqual({
      uri,
      diagnostics: [
        {
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
          severity: 2,
          source: 'vouch',
          code: 'names/unresolved',
          message: '`pint` is not defined; did you mean `print`?',
        },
      ],
    });
    await client.change(uri, {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
      text: 'print',
    });
    expect(await client.next('textDocument/publishDiagnostics')).toEqual({ uri, diagnostics: [] });
    await client.stop();
  });

  it('sees the last text at the end of a burst of changes', async () => {
    const { client } = await scriptedServer(pintFinder(), { profile: 'eglot19' });
    await client.open(uri, 'python', '');
    for (let key = 0; key < 50; key++) {
      await client.change(uri, {
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        text: 'pint ',
      });
    }
    await client.next('textDocument/publishDiagnostics', ({ diagnostics }) => diagnostics.length === 50);
    await client.stop();
  });

  it('has them taken away when the document is closed', async () => {
    const { client } = await scriptedServer(pintFinder(), { profile: 'ale' });
    await client.open(uri, 'python', 'pint()\n');
    await client.next('textDocument/publishDiagnostics');
    await client.close(uri);
    expect(await client.next('textDocument/publishDiagnostics')).toEqual({ uri, diagnostics: [] });
    await client.stop();
  });

  it('is told again when something else changed what is found', async () => {
    const { client, events } = await scriptedServer(pintFinder(), { profile: 'neovim07' });
    await client.open(uri, 'python', 'pint()\n');
    await client.next('textDocument/publishDiagnostics');
    events.findingsChanged([uri, 'file:///project/not-open.py']);
    expect((await client.next('textDocument/publishDiagnostics')).diagnostics).toHaveLength(1);
    await client.stop();
  });

  it('hears nothing of an older version', async () => {
    const documents = createDocuments();
    const releases: (() => void)[] = [];
    const { client } = await scriptedServer(
      {
        documents,
        async diagnose(_run, asked) {
          const { version } = documents.get(asked)!;
          await new Promise<void>((resolve) => releases.push(resolve));
          return { version, findings: version === 1 ? [finding(0, 4)] : [] };
        },
      },
      { profile: 'eglot19' },
    );
    await client.open(uri, 'python', 'pint()\n');
    await expect.poll(() => releases.length).toBe(1);
    await client.change(uri, { text: 'fine' });
    await expect.poll(() => documents.get(uri)!.version).toBe(2);
    releases[0]!();
    await expect.poll(() => releases.length).toBe(2);
    releases[1]!();
    expect(await client.next('textDocument/publishDiagnostics')).toEqual({ uri, diagnostics: [] });
    await client.stop();
  });

  it('goes on getting them after a check that failed', async () => {
    const documents = createDocuments();
    const { client } = await scriptedServer(
      {
        documents,
        diagnose: async (_run, asked) => {
          const { version } = documents.get(asked)!;
          if (version === 1) throw new TypeError('a bug');
          return { version, findings: [] };
        },
      },
      { profile: 'eglot19', expectsErrors: true },
    );
    await client.open(uri, 'python', 'x');
    await client.next('window/logMessage', ({ type }) => type === 1);
    await client.change(uri, { text: 'y' });
    await client.next('textDocument/publishDiagnostics');
    await client.stop();
  });
});

describe('a client that pulls', () => {
  const pull = (previousResultId?: string): { textDocument: { uri: string }; previousResultId?: string } => ({
    textDocument: { uri },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });

  it('gets them with their page and their fix, and is never pushed any', async () => {
    const checkPage = (check: string): string => `https://example.org/checks#${check}`;
    const { client } = await scriptedServer(pintFinder(), { checkPage });
    await client.open(uri, 'python', 'pint()\n');
    const report = await client.request(DocumentDiagnosticRequest.type, pull());
    expect(report).toMatchObject({
      kind: 'full',
      items: [
        {
          source: 'vouch',
          code: 'names/unresolved',
          codeDescription: { href: 'https://example.org/checks#names/unresolved' },
          data: { fixes: [{ title: 'Change to `print`', certain: true, edits: [{ newText: 'print' }] }] },
        },
      ],
    });
    expect(await client.request(DocumentDiagnosticRequest.type, pull(report.resultId!))).toEqual({
      kind: 'unchanged',
      resultId: report.resultId,
    });
    await client.stop();
    expect(client.messages.map(({ method }) => method)).not.toContain('textDocument/publishDiagnostics');
  });

  it('is asked to pull again when something else changed what is found', async () => {
    const { client, events } = await scriptedServer(pintFinder());
    await client.open(uri, 'python', 'pint()\n');
    await client.request(DocumentDiagnosticRequest.type, pull());
    events.findingsChanged([uri]);
    events.findingsChanged([uri]);
    await client.next('workspace/codeLens/refresh');
    await client.stop();
    const refreshes = client.messages
      .map(({ method }) => method)
      .filter((method) => method.endsWith('/refresh'));
    expect(refreshes).toEqual(['workspace/diagnostic/refresh', 'workspace/codeLens/refresh']);
  });

  it('is not told later what was found before something else changed', async () => {
    const documents = createDocuments();
    const releases: (() => void)[] = [];
    let elsewhere: Finding[] = [finding(0, 4)];
    const { client, events } = await scriptedServer({
      documents,
      async diagnose(_run, asked) {
        const { version } = documents.get(asked)!;
        const findings = elsewhere;
        await new Promise<void>((resolve) => releases.push(resolve));
        return { version, findings };
      },
    });
    await client.open(uri, 'python', 'pint()\n');
    const overtaken = client.request(DocumentDiagnosticRequest.type, pull());
    await expect.poll(() => releases.length).toBe(1);
    elsewhere = [];
    events.findingsChanged([uri]);
    releases[0]!();
    // The look is taken again, for a client that does not ask again by itself.
    await expect.poll(() => releases.length).toBe(2);
    releases[1]!();
    expect(await overtaken).toMatchObject({ items: [] });
    // That one is remembered.
    expect(await client.request(DocumentDiagnosticRequest.type, pull())).toMatchObject({ items: [] });
    expect(releases).toHaveLength(2);
    await client.stop();
  });

  it('has a look that was overtaken twice taken again at the next question', async () => {
    const documents = createDocuments();
    const releases: (() => void)[] = [];
    const { client, events } = await scriptedServer({
      documents,
      async diagnose(_run, asked) {
        const { version } = documents.get(asked)!;
        await new Promise<void>((resolve) => releases.push(resolve));
        return { version, findings: [finding(0, 4)] };
      },
    });
    await client.open(uri, 'python', 'pint()\n');
    const overtaken = client.request(DocumentDiagnosticRequest.type, pull());
    for (const look of [0, 1]) {
      await expect.poll(() => releases.length).toBe(look + 1);
      events.findingsChanged([uri]);
      releases[look]!();
    }
    await overtaken;
    const next = client.request(DocumentDiagnosticRequest.type, pull());
    await expect.poll(() => releases.length).toBe(3);
    releases[2]!();
    await next;
    await client.stop();
  });

  it('gets an empty report for a document that is not open', async () => {
    const { client } = await scriptedServer(pintFinder());
    expect(await client.request(DocumentDiagnosticRequest.type, pull())).toEqual({ kind: 'full', items: [] });
    await client.stop();
  });
});
