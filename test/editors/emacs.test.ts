// vouch in a real Emacs with Eglot, and the init file that its users paste.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, stall, startModelServer } from '../kit/model-server.ts';
import { emacs, openEmacs } from './emacs.ts';
import {
  answer,
  beyondAscii,
  beyondAsciiMended,
  mended,
  misspelt,
  repeated,
  stub,
  written,
} from './samples.ts';
import { buildCommand, openWorkplace, until } from './workplace.ts';

const { version = '', reason } = emacs;

describe.runIf(version)(`Emacs ${version} ${reason}`, () => {
  let built: ReturnType<typeof buildCommand>;
  beforeAll(() => {
    built = buildCommand();
  });
  afterAll(() => built.remove());

  const open = async (file: string, text: string, model?: ModelServer) => {
    const place = openWorkplace(built.folder, { [file]: text }, model?.baseURL);
    return { place, editor: await openEmacs(place, file) };
  };
  const act = (title: string): string =>
    `(progn (setq wanted "${title}") (eglot-code-actions (point) (point) nil t) t)`;
  const messages = '(with-current-buffer "*Messages*" (buffer-string))';

  it.each([
    ['a.py', misspelt, mended, 'pricse'],
    ['b.py', beyondAscii, beyondAsciiMended, 'nmae'],
  ])(
    'shows a finding in %s and applies its fix, then leaves nothing behind',
    async (file, text, fixed, name) => {
      const { place, editor } = await open(file, text);
      const message = await editor.until(
        '(progn (flymake-start) (mapconcat (lambda (one) (flymake-diagnostic-text one)) (flymake-diagnostics) "\\n") (when (flymake-diagnostics) (flymake-diagnostic-text (car (flymake-diagnostics)))))',
      );
      expect(message).toMatch(/vouch.*names\/unresolved/);
      expect(
        await editor.lisp(
          '(let ((one (car (flymake-diagnostics)))) (buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))',
        ),
      ).toBe(name);

      await editor.lisp('(progn (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics)))) t)');
      await editor.lisp(act('Change'));
      await until('the fix', editor.text, (now) => now === fixed);
      await editor.until('(not (flymake-diagnostics))');

      expect(place.processes().some((process) => process.includes('vouch --stdio'))).toBe(true);
      await editor.quit();
      await until('an end of all processes', place.processes, (left) => left.length === 0);
    },
  );

  it('completes from the embedded engine', async () => {
    const { editor } = await open('a.py', repeated);
    await editor.lisp('(progn (goto-char (point-max)) (completion-at-point) t)');
    await until('the word', editor.text, (now) => /^register_handler.*$/.test(now.split('\n').at(-1)!));
    await editor.quit();
  });

  it('implements a stub, and shows as documentation what was checked', async () => {
    await using model = await startModelServer();
    model.always({ text: answer });
    const { editor } = await open('a.py', stub, model);
    await editor.lisp(act('Implement'));
    await until('the body', editor.text, (now) => now === written);

    await editor.lisp(
      '(progn (goto-char (point-min)) (search-forward "return num") (eldoc-print-current-symbol-info t) t)',
    );
    const shown = await editor.until(
      '(seq-find (lambda (text) (string-match-p "syntax/error" text)) (mapcar (lambda (one) (with-current-buffer one (buffer-substring-no-properties (point-min) (point-max)))) (seq-filter (lambda (one) (string-match-p "eldoc" (buffer-name one))) (buffer-list))))',
    );
    expect(shown).toMatch(/Vouched|Checked/);
    await editor.quit();
  });

  it('cancels in the middle when the buffer is changed: nothing else changes, the model is left', async () => {
    await using model = await startModelServer();
    model.always({ text: [answer[0], stall] });
    const { place, editor } = await open('a.py', stub, model);
    await editor.lisp(act('Implement'));
    const request = await model.request(0);
    // The last call is what Emacs does when it is idle, which it is not before a key was pressed.
    await editor.lisp(
      '(progn (goto-char (point-max)) (insert "# changed\\n") (eglot--signal-textDocument/didChange) t)',
    );
    expect((await request.closed).how).toBe('early');
    await editor.until(`(string-match-p "changed while" ${messages})`);
    expect(await editor.text()).toBe(`${stub}# changed\n`);
    await editor.quit();
    await until('an end of all processes', place.processes, (left) => left.length === 0);
  });

  it('says that the model cannot be reached', async () => {
    const { editor } = await open('a.py', stub);
    await editor.lisp(act('Implement'));
    await editor.until(`(string-match-p "vouch.*127\\\\.0\\\\.0\\\\.1:9" ${messages})`);
    expect(await editor.text()).toBe(stub);
    await editor.quit();
  });
});
