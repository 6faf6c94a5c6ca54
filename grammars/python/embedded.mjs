// The same harness where no Python is installed: CPython compiled to WebAssembly (pyodide), which has no files, no network and
// no processes but what it is given here. Reads one request from standard input, as harness.py does, with the package's
// path in `embedded`; writes one line of JSON an answer.
import { constants, readFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const { mark, ...request } = JSON.parse(readFileSync(0, 'utf8'));
const { limits, questions, candidates } = request;
const tell = (answer) => writeSync(1, `${mark}${JSON.stringify(answer)}\n`);
const write = (...answer) => tell(answer);
const harness = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'harness.py'), 'utf8');

const folder = dirname(request.embedded);
// What looks like a socket to Python would become a WebSocket here.
Socket.prototype.connect = () => {
  throw new Error('there is no network');
};
// It asks for numbers of the system by a door that is closed to what has no rights.
process.binding = (name) => (name === 'constants' ? { fs: constants } : {});
const loaded = await import(pathToFileURL(request.embedded).href);
const { loadPyodide } = loaded.loadPyodide ? loaded : loaded.default;
const python = await loadPyodide({
  indexURL: folder,
  // Nothing of JavaScript can be reached from Python.
  jsglobals: Object.create(null),
  stdin: () => null,
  stdout: () => undefined,
  stderr: () => undefined,
  env: { HOME: '/', PYTHONHASHSEED: '0' },
});

/** Python looks at it now and then for a signal (2: interrupt), which comes when the time is over. */
let deadline = Number.POSITIVE_INFINITY;
python.setInterruptBuffer({
  get 0() {
    return performance.now() > deadline ? 2 : 0;
  },
  set 0(_signal) {
    // It comes again, since code may catch it.
  },
});

python.FS.writeFile('/harness.py', harness);
python.globals.set('written', JSON.stringify(request));
python.runPython(`
import json, sys, types

for name in ("js", "pyodide_js", "_pyodide_core", "pyodide.code", "pyodide.http"):
    sys.modules[name] = None
for name in ("resource", "select"):
    sys.modules.setdefault(name, types.ModuleType(name))
sys.path.insert(0, "/")
import harness

for name in ("harness", "__main__"):
    sys.modules[name] = types.ModuleType(name)

request = json.loads(written)
request["module"] = "candidate_module"
candidate = None


class Impossible(BaseException):
    pass


def finish(work):
    """Coroutines that wait for nothing; there is no loop here for others."""
    try:
        for _ in range(100000):
            work.send(None)
    except StopIteration as end:
        return end.value
    raise Impossible


harness.asyncio.run = finish


def begin(index):
    global candidate
    try:
        candidate = harness.Candidate(request, request["candidates"][index])
    except BaseException as error:
        why = "it does not end when it is loaded" if isinstance(error, KeyboardInterrupt) else harness.told(error)
        if isinstance(error, (ImportError, Impossible)):
            return json.dumps({"kind": "unclear", "why": why})
        return json.dumps({"kind": "unloadable", "why": why, "raised": type(error).__name__})


def ask(number):
    question = request["questions"][number]
    try:
        outcome = candidate.answer(question)
    except KeyboardInterrupt:
        outcome = {"kind": "timeout"}
    except Impossible:
        outcome = {"kind": "unclear", "why": "it waits for something that is not here"}
    except BaseException as error:
        outcome = {"kind": "raised", "raised": type(error).__name__}
        if question["kind"] == "example":
            outcome = {"kind": "failed", "actual": "raises " + harness.told(error), "raised": type(error).__name__}
    return json.dumps(outcome)
`);
const [begin, ask] = ['begin', 'ask'].map((name) => python.globals.get(name));

/** Calls with a limit; a call that gives nothing back in time was interrupted within the harness itself. */
function within(seconds, call) {
  deadline = performance.now() + seconds * limits.patience * 1000;
  try {
    return call();
  } catch {
    return JSON.stringify({ kind: 'timeout' });
  } finally {
    deadline = Number.POSITIVE_INFINITY;
  }
}

for (const index of candidates.keys()) {
  const refused = within(limits.loadSeconds, () => begin(index));
  if (refused) {
    write(index, -1, JSON.parse(refused));
    continue;
  }
  let slow = 0;
  for (const number of questions.keys()) {
    const seconds = slow < limits.slowQuestions ? limits.questionSeconds : limits.laterSeconds;
    const outcome = JSON.parse(within(seconds, () => ask(number)));
    if (outcome.kind === 'timeout') slow++;
    write(index, number, outcome);
  }
}
tell('done');
process.exit(0);
