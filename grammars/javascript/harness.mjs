// Asks candidates for a function what they do: reads one request from standard input, writes one line of JSON an answer.
// The same questions and answers as those of the harness in ../python, where they are described. Every candidate runs in a
// thread of its own, which is ended when it hangs; what it writes to the standard output is dropped.

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const mostItems = 1000;
const deepest = 12;

// ---- what a value is, as text that is the same for equal values

function canonical(value, depth = 0, seen = []) {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) && !Number.isInteger(value)
        ? String(Number(value.toPrecision(9)))
        : String(value + 0);
    case 'bigint':
      return `${value}n`;
    case 'string':
      return JSON.stringify(value);
    case 'function':
      return `<${value.name}>`;
    case 'object':
      break;
    default:
      return String(value);
  }
  if (value === null) return 'null';
  if (depth > deepest || seen.includes(value)) return '...';
  const inner = (one) => canonical(one, depth + 1, [...seen, value]);
  const joined = (items) => {
    const shown = [];
    for (const item of items) {
      if (shown.length === mostItems) break;
      shown.push(inner(item));
    }
    return shown.join(',');
  };
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return `[${joined(value)}]`;
  if (value instanceof Set) return `Set{${[...value].map(inner).sort().join(',')}}`;
  if (value instanceof Map) {
    return `Map{${[...value]
      .map(([key, one]) => `${inner(key)}:${inner(one)}`)
      .sort()
      .join(',')}}`;
  }
  if (value instanceof Error) return `${value.name}(${JSON.stringify(value.message)})`;
  if (value instanceof Date || value instanceof RegExp) return String(value);
  if (typeof value.next === 'function' && typeof value[Symbol.iterator] === 'function')
    return `iter(${joined(value)})`;
  const name = value.constructor?.name;
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${inner(value[key])}`);
  return `${name && name !== 'Object' ? name : ''}{${fields.join(',')}}`;
}

const shortened = (text, most) =>
  text.length <= most ? text : `${text.slice(0, most - 42)}…${createHash('sha1').update(text).digest('hex')}`;

function same(actual, expected, written, depth = 0) {
  if (Object.is(actual, expected) || actual === expected) return true;
  if (typeof actual === 'number' && typeof expected === 'number') {
    const difference = Math.abs(actual - expected);
    return (
      difference <= 1e-6 * Math.max(Math.abs(actual), Math.abs(expected)) ||
      difference <= tolerance(expected, written)
    );
  }
  if (depth < deepest && Array.isArray(actual) && Array.isArray(expected)) {
    return (
      actual.length === expected.length &&
      // Its own `every` would be the candidate's word.
      expected.every((one, at) => same(actual[at], one, written, depth + 1))
    );
  }
  if (depth < deepest && isPlain(actual) && isPlain(expected)) {
    const keys = Object.keys(expected);
    return (
      keys.length === Object.keys(actual).length &&
      keys.every((key) => Object.hasOwn(actual, key) && same(actual[key], expected[key], written, depth + 1))
    );
  }
  return typeof actual === typeof expected && canonical(actual) === canonical(expected);
}

const isPlain = (value) =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** Half a unit of the last place, where at least four decimals are written. */
function tolerance(expected, written) {
  for (const [number, decimals] of written.matchAll(/-?\d+\.(\d+)/g)) {
    if (Number(number) === expected && decimals.length >= 4) return 0.5000001 * 10 ** -decimals.length;
  }
  return 1e-9;
}

/** The functions by which values are told and compared, before any candidate could change them. */
const descriptorOf = Object.getOwnPropertyDescriptor;
const { eval: evaluatorOf } = globalThis;
const ownBuiltins = [Object, Array, Number, String, Math, JSON, Set, Map, Promise]
  .flatMap((one) => [one, one.prototype])
  .concat(
    Object.getPrototypeOf(async () => undefined),
    RegExp.prototype,
    Date.prototype,
    Error.prototype,
    Function.prototype,
  )
  .filter((one) => one !== undefined)
  .flatMap((holder) =>
    Reflect.ownKeys(holder).flatMap((name) => {
      const value = descriptorOf(holder, name)?.value;
      return typeof value === 'function' ? [[holder, name, value]] : [];
    }),
  );

// ---- loading

const require = createRequire(import.meta.url);
const isTyped = (path) => /\.[cm]?tsx?$/.test(path);
/** What was compiled, by its file. */
const compiledOf = new Map();
const evaluatorName = '__vouch_evaluate__';

/** What makes JavaScript of TypeScript: the project's own compiler, or what Node has. */
function compilerOf(needs) {
  if (needs !== undefined) {
    const made = require(needs);
    if (typeof made.transpileModule === 'function') {
      const compilerOptions = {
        module: 1,
        target: 9,
        esModuleInterop: true,
        jsx: 2,
        experimentalDecorators: true,
      };
      return (text, path) => made.transpileModule(text, { compilerOptions, fileName: path }).outputText;
    }
    if (typeof made.transformSync === 'function') {
      return (text, path) =>
        made.transformSync(text, {
          loader: path.endsWith('x') ? 'tsx' : 'ts',
          format: 'cjs',
          target: 'node20',
        }).code;
    }
  }
  return undefined;
}

/** CommonJS that knows TypeScript: imports of `./a`, and of `./a.js` where only `a.ts` is there. */
function teachRequire(compile) {
  const { Module } = nodeModule;
  for (const ending of ['.ts', '.tsx', '.mts', '.cts']) {
    Module._extensions[ending] = (module, path) => {
      const code = compile(readFileSync(path, 'utf8'), path);
      if (!/[/\\]node_modules[/\\]/.test(path)) compiledOf.set(path, code);
      module._compile(code, path);
    };
  }
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...others) {
    try {
      return resolve.call(this, request, ...others);
    } catch (error) {
      const typed = request.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
      if (typed === request) throw error;
      return resolve.call(this, typed, ...others);
    }
  };
}

const isModule = (text, path) =>
  /\.mjs$/.test(path) || (!/\.cjs$/.test(path) && /^\s*(?:import\b(?!\s*\()|export\b)/m.test(text));

/** Loads a candidate beside its file, and gives back what evaluates code within it. */
async function load(request, index) {
  const text = request.candidates[index];
  const folder = dirname(request.path);
  const stem = join(folder, `.${basename(request.path, extname(request.path))}.vouch-${index}`);
  if (isTyped(request.path)) {
    const compile = compilerOf(request.needs);
    teachRequire(compile);
    const code = compile(`${text}\n`, request.path);
    compiledOf.set(`${stem}.cjs`, code);
    return loadCommon(request, `${stem}.cjs`, code);
  }
  if (!isModule(text, request.path)) return loadCommon(request, `${stem}.cjs`, text);
  const path = `${stem}.mjs`;
  writeFileSync(path, `${text}\nexport const ${evaluatorName} = [(code) => eval(code), eval];\n`);
  try {
    return (await import(pathToFileURL(path).href))[evaluatorName];
  } finally {
    rmSync(path, { force: true });
  }
}

function loadCommon(request, path, code) {
  const { Module } = nodeModule;
  const module = new Module(path);
  module.filename = path;
  module.paths = Module._nodeModulePaths(dirname(request.path));
  module._compile(`${code}\n;module.${evaluatorName} = [(code) => eval(code), eval];\n`, path);
  return module[evaluatorName];
}

// ---- one question

class Candidate {
  setup = '';
  constructor(request, [evaluate, evaluator]) {
    if (evaluator !== evaluatorOf) throw new TypeError('it has an eval of its own');
    this.request = request;
    this.evaluate = evaluate;
  }

  async answer(question) {
    const outcome =
      question.kind === 'input'
        ? await this.observe(question)
        : question.kind === 'assertion'
          ? await this.assertion(question.code)
          : question.kind === 'property'
            ? await this.property(question)
            : await this.example(question);
    const replaced = this.replaced();
    return replaced === undefined ? outcome : { kind: 'failed', actual: replaced, raised: replaced };
  }

  /** The value of code; with `await` in it, of an asynchronous function around it. */
  async run(code) {
    const whole = this.setup + code;
    if (!/\bawait\b/.test(whole)) return await this.evaluate(whole);
    return await this.evaluate(`(async () => { ${this.setup} return (${code.replace(/;\s*$/, '')}) })()`);
  }

  /** What the language has of itself, and the candidate has put something else in the place of: no answer is worth anything. */
  replaced() {
    for (const [holder, name, value] of ownBuiltins)
      if (descriptorOf(holder, name)?.value !== value)
        return `it replaces ${String(name)}, which the language has`;
    return undefined;
  }

  async example({ code, expected, raises, form }) {
    let value;
    try {
      value = await this.run(code);
    } catch (error) {
      if (raises) return verdict(kindsOf(error).includes(raises.split('.').at(-1)), told(error));
      if (error instanceof SyntaxError && expected === undefined)
        return { kind: 'unclear', why: 'it is no code' };
      return { kind: 'failed', actual: `raises ${told(error)}`, raised: kindsOf(error)[0] };
    }
    if (raises) return { kind: 'failed', actual: shown(value) };
    if (expected === undefined) {
      this.setup += `${code}\n;`;
      return { kind: 'ran' };
    }
    const wanted = this.literal(expected);
    if (!wanted) {
      if (form === 'session')
        return verdict(shown(value).replace(/\s+/g, '') === expected.replace(/\s+/g, ''), shown(value));
      return { kind: 'unclear', why: `what it expects is not a value: ${expected.slice(0, 80)}` };
    }
    return verdict(same(value, wanted[0], expected), shown(value));
  }

  literal(text) {
    const other = { True: true, False: false, None: null, nil: null };
    if (Object.hasOwn(other, text.trim())) return [other[text.trim()]];
    try {
      return [this.evaluate(`(${text.trim().replace(/;$/, '')})`)];
    } catch {
      return undefined; // Prose, or a value that this language has no literal for.
    }
  }

  async assertion(code) {
    try {
      await this.run(code);
      return { kind: 'passed' };
    } catch (error) {
      const kind = kindsOf(error)[0] ?? 'Error';
      return /Assertion/.test(kind) ? { kind: 'failed', raised: kind } : { kind: 'raised', raised: kind };
    }
  }

  async observe({ receiver, arguments: texts }) {
    let values;
    let made;
    let called;
    try {
      values = texts.map((text) => this.evaluate(`(${text})`));
      ({ made, called } = this.target(receiver));
    } catch (error) {
      return { kind: 'unclear', why: told(error) };
    }
    const before = canonical([values, made]);
    try {
      const value = await called(...values);
      const outcome = { kind: 'value', value: shortened(canonical(value), this.request.limits.text) };
      const after = canonical([values, made]);
      return after === before ? outcome : { ...outcome, changed: shortened(after, 200) };
    } catch (error) {
      return { kind: 'raised', raised: kindsOf(error)[0] ?? 'Error' };
    }
  }

  /** What the module beside this file says, which the request names where there is one. */
  async property(question) {
    if (!this.properties) return { kind: 'unclear', why: 'there is nothing here that makes inputs' };
    return await this.properties(question, this.evaluate);
  }

  target(receiver) {
    const { name, owner } = this.request;
    if (owner === undefined) return { called: this.evaluate(name) };
    const holder = this.evaluate(owner);
    if (typeof holder[name] === 'function') return { called: holder[name].bind(holder) };
    const made = this.evaluate(`(${receiver ?? `new ${owner}()`})`);
    return { made, called: made[name].bind(made) };
  }
}

const verdict = (passed, actual) => ({ kind: passed ? 'passed' : 'failed', actual });
const shown = (value) => shortened(canonical(value), 300);

function kindsOf(error) {
  const names = error?.name ? [String(error.name)] : [];
  for (let at = error; at && typeof at === 'object'; at = Object.getPrototypeOf(at)) {
    const name = Object.hasOwn(at, 'constructor') ? at.constructor.name : undefined;
    if (name && !names.includes(name)) names.push(name);
  }
  return names.length > 0 ? names : ['Error'];
}

const told = (error) => `${kindsOf(error)[0]}: ${String(error?.message ?? error).slice(0, 160)}`;

/** Loaded before any candidate, so that none can change what it is made of. */
async function propertiesOf({ properties, limits }) {
  if (!properties) return undefined;
  const tools = { canonical, told, kindsOf, isThrown, seconds: limits.questionSeconds };
  try {
    const { createProperties } = await import(new URL(properties.harness, import.meta.url).href);
    return createProperties(properties, tools);
  } catch (error) {
    return async () => ({ kind: 'unclear', why: `what makes inputs cannot be loaded: ${told(error)}` });
  }
}

/** Whether a statement of the project throws an error: that is meant, and not what the language says of a mistake. */
function isThrown(error) {
  const place = /\n +at (?:.*\()?(.+?):(\d+):(\d+)\)?(?:\n|$)/.exec(String(error?.stack));
  const line = place && compiledOf.get(place[1])?.split('\n')[place[2] - 1];
  return line !== undefined && line !== null && /^new\b/.test(line.slice(place[3] - 1));
}

/** In a candidate's thread. */
async function answerAll({ request, index, start, key }) {
  // Out of the candidate's reach, which could tell of itself what it likes.
  delete workerData.key;
  const post = parentPort.postMessage.bind(parentPort);
  const tell = (question, outcome) => post([key, question, outcome]);
  let candidate;
  const properties = await propertiesOf(request);
  try {
    candidate = new Candidate(request, await load(request, index));
  } catch (error) {
    tell(-1, { kind: 'unloadable', why: told(error), raised: kindsOf(error)[0] });
    return;
  }
  candidate.properties = properties;
  for (const [at, question] of request.questions.entries()) {
    if (at < start) {
      // What a session has set up is needed by its later lines.
      if (question.kind === 'example' && question.expected === undefined) await candidate.answer(question);
      continue;
    }
    tell(at, { kind: 'begun' });
    let outcome;
    try {
      outcome = await candidate.answer(question);
    } catch (error) {
      outcome = { kind: 'raised', raised: kindsOf(error)[0] };
    }
    tell(at, outcome);
  }
}

// ---- all candidates

/** Seconds by the clock that a thread may take until a candidate is loaded and begins. */
const toStart = 10;

function runCandidate(request, index, write) {
  const { limits, questions } = request;
  let slow = 0;
  let deaths = 0;
  const began = performance.now();
  const from = (start) =>
    new Promise((resolve) => {
      let at = start;
      let open = false;
      let timer;
      const key = randomBytes(16).toString('hex');
      const worker = new Worker(fileURLToPath(import.meta.url), {
        workerData: { request, index, start, key },
        env: {},
        stdout: true,
        stderr: true,
        resourceLimits: { maxOldGenerationSizeMb: Math.round(limits.memory / 2 ** 20) },
      });
      let ended = false;
      const end = (outcome) => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        void worker.terminate();
        resolve({ at, open, outcome });
      };
      const wait = (seconds) => {
        clearTimeout(timer);
        timer = setTimeout(() => end({ kind: 'timeout' }), seconds * 1000);
      };
      wait(toStart);
      worker.on('message', (message) => {
        if (ended || message?.[0] !== key) return;
        const [, question, outcome] = message;
        if (outcome.kind === 'begun') {
          [at, open] = [question, true];
          wait(
            (slow < limits.slowQuestions ? limits.questionSeconds : limits.laterSeconds) * limits.patience,
          );
          return;
        }
        [at, open] = question < 0 ? [questions.length, false] : [question + 1, false];
        write(index, question, outcome);
        if (at >= questions.length) end();
      });
      worker.on('error', () => undefined);
      worker.on('exit', () => end({ kind: 'died' }));
    });
  return (async () => {
    for (let start = 0; start < questions.length; ) {
      const { at, open, outcome } = await from(start);
      if (at >= questions.length && !open) return;
      const told = outcome ?? { kind: 'died' };
      write(index, at, told);
      start = at + 1;
      if (told.kind === 'timeout') slow++;
      else deaths++;
      const late = (performance.now() - began) / 1000 > limits.candidateSeconds * limits.patience;
      if (late || deaths > limits.deaths || slow > limits.slowQuestions) {
        for (; start < questions.length; start++) write(index, start, told);
      }
    }
  })();
}

async function main() {
  const { mark, ...request } = JSON.parse(readFileSync(0, 'utf8'));
  const put = (line) => {
    for (let data = Buffer.from(`${mark}${line}\n`); data.length > 0; ) {
      try {
        data = data.subarray(writeSync(1, data));
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
      }
    }
  };
  if (isTyped(request.path) && !compilerOf(request.needs)) {
    put(JSON.stringify({ cannot: 'no compiler of the project turns TypeScript into JavaScript' }));
    process.exit(0);
  }
  const write = (...answer) => put(JSON.stringify(answer));
  const waiting = request.candidates.map((_, index) => index);
  const next = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      await runCandidate(request, index, write);
    }
  };
  await Promise.all(Array.from({ length: request.limits.processes }, next));
  put('"done"');
  process.exit(0);
}

if (isMainThread) await main();
else await answerAll(workerData);
