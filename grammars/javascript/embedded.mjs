// The same harness where no Node is installed: QuickJS compiled to WebAssembly, which has no files, no network and no
// processes. What the harness takes of Node is given to it here, as far as a file that stands alone needs it. Reads one
// request from standard input, as harness.mjs does, with the package's path in `embedded`; writes one line of JSON an answer.
import { readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const { mark, ...request } = JSON.parse(readFileSync(0, 'utf8'));
const { limits, questions, candidates } = request;
const tell = (answer) => writeSync(1, `${mark}${JSON.stringify(answer)}\n`);
const write = (...answer) => tell(answer);
const harness = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'harness.mjs'), 'utf8');
if (/\.[cm]?tsx?$/.test(request.path)) {
  tell({ cannot: 'there is nothing that turns TypeScript into JavaScript' });
  process.exit(0);
}
const { getQuickJS } = await import(pathToFileURL(request.embedded).href);
const engine = await getQuickJS();

/** What the harness imports, within QuickJS. */
const modules = {
  'node:crypto': `export const randomBytes = () => '';
    export const createHash = () => {
    let text = '';
    const hash = {
      update(more) { text += more; return hash; },
      digest() {
        let [a, b] = [0xdeadbeef, 0x41c6ce57];
        for (let at = 0; at < text.length; at++) {
          a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
          b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
        }
        return (a >>> 0).toString(16) + (b >>> 0).toString(16);
      },
    };
    return hash;
  };`,
  'node:fs': `const none = () => { throw new Error('there are no files'); };
    export { none as readFileSync, none as writeSync };
    export const writeFileSync = (path, text) => { globalThis.__vouch_files__[path] = text; };
    export const rmSync = () => undefined;`,
  'node:path': `export const dirname = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
    export const basename = (path, ending = '') => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return name.endsWith(ending) ? name.slice(0, name.length - ending.length) : name;
    };
    export const extname = (path) => /\\.[^./]*$/.exec(path)?.[0] ?? '';
    export const join = (...parts) => parts.join('/');`,
  'node:url': `export const fileURLToPath = (url) => url;
    export const pathToFileURL = (path) => ({ href: path });`,
  'node:module': `const require = (name) => { throw new Error('there is no module ' + name); };
    export const createRequire = () => require;
    export class Module {
      constructor(id) { this.id = id; this.exports = {}; }
      _compile(code, path) {
        const parts = ['exports', 'require', 'module', '__filename', '__dirname'];
        new Function(...parts, code).call(this.exports, this.exports, require, this, path, '');
      }
    }
    Module._nodeModulePaths = () => [];`,
  'node:worker_threads': `export const isMainThread = false;
    export class Worker {}
    export const workerData = JSON.parse(globalThis.__vouch_asked__);
    delete globalThis.__vouch_asked__;
    export const parentPort = { postMessage: (message) => globalThis.__vouch_told__(JSON.stringify(message)) };`,
};

/** Asks one candidate from a question on. @returns the question that was open at the end, if one was. */
function askFrom(index, start, pace) {
  const runtime = engine.newRuntime();
  runtime.setMemoryLimit(limits.memory);
  runtime.setMaxStackSize(1024 * 1024);
  let open;
  let deadline = performance.now() + limits.loadSeconds * limits.patience * 1000;
  runtime.setInterruptHandler(() => performance.now() > deadline);
  const context = runtime.newContext();
  const put = (name, handle) => handle.consume((one) => context.setProp(context.global, name, one));
  const files = context.newObject();
  put('__vouch_files__', files.dup());
  put('__vouch_asked__', context.newString(JSON.stringify({ request, index, start, key: mark })));
  const told = context.newFunction('told', (message) => {
    const [key, question, said] = JSON.parse(context.getString(message));
    if (key !== mark) return;
    // What an interrupted promise says of its end is the engine's word, not the candidate's.
    const outcome = performance.now() > deadline ? { kind: 'timeout' } : said;
    if (outcome.kind === 'timeout') pace.slow++;
    const patience = pace.slow < limits.slowQuestions ? limits.questionSeconds : limits.laterSeconds;
    deadline = performance.now() + patience * limits.patience * 1000;
    if (outcome.kind === 'begun') {
      open = question;
      return;
    }
    open = undefined;
    // A file that needs others than itself says nothing of the candidate here.
    const isAlone = question === -1 && /there is no module|could not load module/i.test(outcome.why ?? '');
    write(index, question, isAlone ? { kind: 'unclear', why: outcome.why } : outcome);
  });
  put('__vouch_told__', told);
  runtime.setModuleLoader(
    (name) => {
      if (Object.hasOwn(modules, name)) return modules[name];
      const file = context.getProp(files, name);
      const text = context.typeof(file) === 'string' ? context.getString(file) : undefined;
      file.dispose();
      return text ?? { error: new Error(`there is no module ${name}`) };
    },
    (_base, name) => name,
  );
  const source = harness.replaceAll('import.meta.url', JSON.stringify(request.path));
  const result = context.evalCode(source, 'harness.mjs', { type: 'module' });
  // What a candidate promises is kept within QuickJS, step by step.
  if (!result.error) runtime.executePendingJobs();
  // An interrupted run leaves values behind that the engine would complain of; it ends with this process.
  return open;
}

for (const index of candidates.keys()) {
  const pace = { slow: 0 };
  for (let start = 0; start < questions.length; ) {
    const open = askFrom(index, start, pace);
    if (open === undefined) break;
    write(index, open, { kind: 'timeout' });
    pace.slow++;
    start = open + 1;
  }
}
tell('done');
process.exit(0);
