// Drives a real Emacs that runs as a daemon, with its user's init file, through emacsclient.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { configurationOf, type Installed, outputOf, until, versionOf, type Workplace } from './workplace.ts';

const run = promisify(execFile);

export interface Emacs {
  /** Evaluates Lisp in the file's buffer; its value comes back through JSON, where `nil` is `null`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into values of every shape
  lisp(code: string): Promise<any>;
  /** Waits until the Lisp is not nil, and gives its value. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  until(code: string): Promise<any>;
  text(): Promise<string>;
  /** Leaves as a user does, and waits for the end. */
  quit(): Promise<void>;
}

/** With Eglot, which Emacs 28 has as a package. */
export const emacs: Installed = (() => {
  const found = versionOf('emacs');
  if (found.version === undefined) return found;
  const eglot = outputOf('emacs', '--batch', '-f', 'package-activate-all', '-l', 'eglot');
  return eglot === undefined ? { reason: 'Eglot is not installed' } : found;
})();

/** Opens the file and waits until its server is there. Actions are chosen by the title that `wanted` holds. */
export async function openEmacs(place: Workplace, file: string): Promise<Emacs> {
  const home = place.environment.HOME!;
  mkdirSync(join(home, '.emacs.d'));
  copyFileSync(configurationOf('emacs/vouch.el'), join(home, '.emacs.d/init.el'));
  const socket = join(home, 'emacs.sock');
  const options = { cwd: place.folder, env: place.environment };
  const editor = spawn('emacs', [`--fg-daemon=${socket}`], { ...options, stdio: 'ignore' });
  onTestFinished(() => void editor.kill('SIGKILL'));
  const ended = once(editor, 'exit');

  const evaluate = async (code: string): Promise<string> =>
    (await run('emacsclient', ['-s', socket, '--eval', code], options)).stdout.trim();
  const lisp = async (code: string): Promise<unknown> =>
    // Lisp prints a string as JSON does.
    JSON.parse(
      JSON.parse(await evaluate(`(json-encode (with-current-buffer "${file}" ${code}))`)) as string,
    ) as unknown;

  await until(
    'the editor',
    () => evaluate('1').catch(() => ''),
    (text) => text === '1',
  );
  await evaluate(`(progn
    (require 'json)
    (setq wanted "")
    (advice-add 'completing-read :override
      (lambda (_prompt choices &rest _)
        (seq-find (lambda (choice) (string-match-p (regexp-quote wanted) choice))
                  (all-completions "" choices))))
    (with-current-buffer (find-file "${file}")
      ;; What Emacs does after each command, and eglot-ensure waits for.
      (run-hooks 'post-command-hook))
    nil)`);
  const opened: Emacs = {
    lisp,
    until: (code) =>
      until(
        code,
        () => lisp(code),
        (value) => value !== null && value !== false,
      ),
    text: async () => (await lisp('(buffer-substring-no-properties (point-min) (point-max))')) as string,
    async quit() {
      // It is gone before it answers.
      await evaluate(
        '(let ((kill-emacs-query-functions nil) (confirm-kill-processes nil)) (set-buffer-modified-p nil) (kill-emacs))',
      ).catch(() => undefined);
      await ended;
    },
  };
  await opened.until('(and (eglot-current-server) t)');
  return opened;
}
