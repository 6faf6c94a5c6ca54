# Asks candidates for a function what they do: reads one request from standard input, writes one line of JSON an answer.
#
# The request: {"mark", "path", "root", "name", "owner", "candidates": [text], "questions": [question], "limits": {...}}. A question
# is {"kind": "example", "code", "expected", "raises"}, {"kind": "input", "receiver", "arguments": [text],
# "keywords": {name: text}}, {"kind": "assertion", "code"} or {"kind": "property", …}, which properties.py answers where the request
# has "properties". An answer is [candidate, question, outcome]; question -1 tells
# that the candidate could not be loaded. Each line begins with the mark, which candidates are not told. Every candidate has a process of its own, forked from this one, so that one that
# hangs or ends itself costs only itself.
import ast
import builtins
import contextlib
import gc
import importlib.util
import io
import json
import math
import os
import random
import resource
import select
import signal
import sys
import time

# What most code imports is loaded once, before the forks.
import asyncio, bisect, collections, copy, datetime, decimal, fractions, functools, hashlib, heapq, inspect, itertools, operator, re, statistics, string, traceback, typing  # noqa: E401,F401

# Candidates may put others in their place, here and in modules that they share.
__builtins__ = dict(vars(builtins))
from json import dumps  # noqa: E402
from math import isclose  # noqa: E402

FOLDER = os.path.dirname(os.path.abspath(__file__))
MOST_ITEMS = 1000
DEEPEST = 12
EQUAL = "__vouch_equal__"


class OutOfTime(BaseException):
    pass


# ---- what a value is, as text that is the same for equal values


def canonical(value, depth=0, seen=()):
    """Text that is equal for values that compare equal: numbers by value, dictionaries and sets in no order."""
    if value is None or value is NotImplemented or value is Ellipsis:
        return repr(value)
    kind = type(value)
    if kind is bool:
        return "1" if value else "0"
    if kind is int:
        return str(value) if abs(value) < 10**300 else "int:" + hashlib.sha1(hex(value).encode()).hexdigest()
    if kind is float:
        if value != value or value in (math.inf, -math.inf):
            return repr(value)
        rounded = float("%.9g" % value)
        return str(int(rounded)) if rounded == int(rounded) and abs(rounded) < 1e15 else repr(rounded)
    if kind is str or kind is bytes:
        return repr(value)
    if depth > DEEPEST or any(value is one for one in seen):
        return "..."
    within = (*seen, value)
    if isinstance(value, (list, tuple, collections.deque)):
        named = getattr(kind, "_fields", None)
        mark = "()" if isinstance(value, tuple) else "[]"
        inside = ",".join(canonical(one, depth + 1, within) for one in itertools.islice(value, MOST_ITEMS))
        more = ",...%d" % len(value) if len(value) > MOST_ITEMS else ""
        return (kind.__name__ if named else "") + mark[0] + inside + more + mark[1]
    if isinstance(value, (set, frozenset)):
        return "{" + ",".join(sorted(canonical(one, depth + 1, within) for one in value)) + "}"
    if isinstance(value, dict):
        pairs = sorted(
            canonical(key, depth + 1, within) + ":" + canonical(one, depth + 1, within) for key, one in value.items()
        )
        return "{:" + ",".join(pairs) + "}"
    if isinstance(value, (type, type(len), type(canonical))):
        return "<%s>" % getattr(value, "__qualname__", kind.__name__)
    if hasattr(value, "__next__") or kind in (range, type({}.keys()), type({}.values()), type({}.items())):
        inside = ",".join(canonical(one, depth + 1, within) for one in itertools.islice(value, MOST_ITEMS))
        return "iter(" + inside + ")"
    if isinstance(value, BaseException):
        return "%s(%s)" % (kind.__name__, ",".join(canonical(one, depth + 1, within) for one in value.args))
    if kind.__repr__ is object.__repr__:
        fields = getattr(value, "__dict__", None)
        return kind.__name__ + (canonical(fields, depth + 1, within) if fields is not None else "")
    text = repr(value)
    return "%s:%s" % (kind.__name__, re.sub(r" at 0x[0-9a-f]+", "", text))


def shortened(text, most):
    if len(text) <= most:
        return text
    return "%s…%s" % (text[: most - 42], hashlib.sha1(text.encode("utf-8", "replace")).hexdigest())


def same(actual, expected, written, depth=0):
    """Whether a value is the one that is written: numbers to the digits that are written where these are many."""
    if isinstance(actual, bool) != isinstance(expected, bool) and not (
        isinstance(actual, (bool, int)) and isinstance(expected, (bool, int))
    ):
        return False
    if isinstance(expected, float) or isinstance(actual, float):
        if not isinstance(actual, (int, float)) or not isinstance(expected, (int, float)):
            return bool(equal(actual, expected))
        if actual == expected or (actual != actual and expected != expected):
            return True
        return isclose(actual, expected, rel_tol=1e-6, abs_tol=max(1e-9, tolerance(expected, written)))
    if depth < DEEPEST and type(actual) is type(expected):
        if isinstance(expected, (list, tuple)):
            return len(actual) == len(expected) and all(
                same(one, other, written, depth + 1) for one, other in zip(actual, expected)
            )
        if isinstance(expected, dict):
            return actual.keys() == expected.keys() and all(
                same(actual[key], expected[key], written, depth + 1) for key in expected
            )
    return bool(equal(actual, expected))


def equal(one, other):
    """As `==` says, but for a class of the candidate's own beside a built-in value: its word alone would be taken."""
    for value, beside in ((one, other), (other, one)):
        said = getattr(type(value).__eq__, "__code__", None)
        if said is not None and said.co_filename == Candidate.path and type(beside).__module__ == "builtins":
            return type(beside).__eq__(beside, value) is True
    return one == other


class Equalities(ast.NodeTransformer):
    """Has `equal` compare where an example or an assertion writes `==`."""

    def visit_Compare(self, node):
        self.generic_visit(node)
        if len(node.ops) > 1 or not isinstance(node.ops[0], ast.Eq):
            return node
        call = ast.Call(ast.Name(EQUAL, ast.Load()), [node.left, node.comparators[0]], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))


def tolerance(expected, written):
    """Half a unit of the last place, where at least four decimals are written or dots say that there are more."""
    for number, dots in re.findall(r"(-?\d+\.\d+)(\.\.\.|…)?", written):
        decimals = len(number.split(".")[1])
        if float(number) == expected and (decimals >= 4 or dots):
            return 0.5000001 * 10**-decimals if not dots else 10.0**-decimals
    return 0.0


# ---- one question


class Candidate:
    path = None

    def __init__(self, request, text):
        self.request = request
        Candidate.path = request["path"]
        self.module, self.text = load(request, text), text
        self.session = None

    def answer(self, question):
        random.seed(0)
        kind = question["kind"]
        if kind == "input":
            return self.observe(question)
        if kind == "assertion":
            return self.assertion(question["code"])
        if kind == "property":
            return self.property(question)
        return self.example(question)

    def namespace(self):
        names = {**self.module.__dict__, EQUAL: equal}
        owner = self.request.get("owner")
        if owner and self.request["name"] not in names:
            # An example of a static method may name it bare.
            method = inspect.getattr_static(names.get(owner), self.request["name"], None)
            if isinstance(method, (staticmethod, classmethod)):
                names[self.request["name"]] = getattr(names[owner], self.request["name"])
        return names

    def example(self, question):
        if self.session is None:
            self.session = self.namespace()
        names = self.session
        code, expected, raises = question["code"], question.get("expected"), question.get("raises")
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                try:
                    has_value, value = run_code(code, names)
                except NameError:
                    # Prose writes texts without quotes: `f(abc) => 3`.
                    words = bare_words(code, names, self.request["name"]) if question["form"] != "session" else None
                    if not words:
                        raise
                    has_value, value = run_code(code, {**names, **words})
        except Exception as error:
            if raises:
                return verdict(any(raises.split(".")[-1] == one.__name__ for one in type(error).__mro__), told(error))
            why = self.unclear(error, code, expected)
            if why:
                return {"kind": "unclear", "why": why}
            return {"kind": "failed", "actual": "raises " + told(error), "raised": type(error).__name__}
        if raises:
            return {"kind": "failed", "actual": repr_of(value) if has_value else "no error"}
        if expected is None:
            if has_value and is_comparison(code):
                return verdict(bool(value), repr_of(value))
            return {"kind": "ran"}
        shown = printed.getvalue()
        if question["form"] == "session" and shown.strip():
            lines = shown + (repr(value) + "\n" if has_value and value is not None else "")
            return verdict(same_text(lines, expected), lines.strip())
        written = literal(expected, names)
        if written is None:
            if question["form"] == "session" and has_value:
                return verdict(value is not None and same_text(repr(value), expected), repr_of(value))
            return {"kind": "unclear", "why": "what it expects is not a value: " + expected[:80]}
        if not has_value:
            return {"kind": "unclear", "why": "it has no value"}
        passed = same(value, written[0], expected)
        if not passed and question["form"] == "session":
            passed = same_text(repr(value), expected)
        return verdict(passed, repr_of(value))

    def unclear(self, error, code, expected):
        """Why an error says nothing of the candidate: the example itself cannot be run as it is written."""
        if isinstance(error, NameError) and error.name not in (None, self.request["name"], self.request.get("owner")):
            last = error.__traceback__
            while last.tb_next:
                last = last.tb_next
            if last.tb_frame.f_code.co_filename == "<example>":
                return "it uses %s, which is not defined" % error.name
        if isinstance(error, SyntaxError) and error.filename in (None, "<unknown>", "<example>"):
            return "it is no code"
        return "it says no result" if expected is None and not is_comparison(code) else None

    def assertion(self, code):
        names = self.namespace()
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compiled(code, "exec"), names)
        except AssertionError as error:
            at_home = error.__traceback__ is not None and error.__traceback__.tb_next.tb_next is None
            return {"kind": "failed" if at_home else "raised", "raised": "AssertionError"}
        except Exception as error:
            return {"kind": "raised", "raised": type(error).__name__}
        return {"kind": "passed"}

    def observe(self, question):
        names = self.namespace()
        arguments, keywords, receiver = [], {}, None
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                arguments = [eval(compiled(text, "eval"), names) for text in question["arguments"]]
                keywords = {key: eval(compiled(text, "eval"), names) for key, text in question["keywords"].items()}
                called, receiver = self.target(question.get("receiver"), names)
        except Exception as error:
            return {"kind": "unclear", "why": told(error)}
        # Compared by their own text, which costs little: only what has changed is told in the canonical one.
        before = repr((arguments, keywords))
        state = repr(vars(receiver)) if hasattr(receiver, "__dict__") else None
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                value = finished(called(*arguments, **keywords))
                text = canonical(value)
        except Exception as error:
            return {"kind": "raised", "raised": type(error).__name__}
        outcome = {"kind": "value", "value": shortened(text, self.request["limits"]["text"])}
        changed = canonical([arguments, keywords]) if repr((arguments, keywords)) != before else ""
        if state is not None and repr(vars(receiver)) != state:
            changed += canonical(vars(receiver))
        if printed.getvalue().strip():
            outcome["printed"] = shortened(printed.getvalue(), 200)
        if changed:
            outcome["changed"] = shortened(changed, 200)
        return outcome

    def property(self, question):
        if not isinstance(PROPERTIES, type(sys)):
            return {"kind": "unclear", "why": "what makes inputs cannot be loaded: %s" % PROPERTIES}
        with contextlib.redirect_stdout(io.StringIO()):
            return PROPERTIES.check(question, self.module, self.request["properties"], Tools(self.source_of))

    def source_of(self, path):
        """The text of a file of the project; nothing for one of a library."""
        if path == self.request["path"]:
            return self.text
        if not path.startswith(self.request["root"] + os.sep) or "-packages" + os.sep in path:
            return None
        with open(path, encoding="utf-8") as file:
            return file.read()

    def target(self, receiver, names):
        name, owner = self.request["name"], self.request.get("owner")
        if not owner:
            return getattr(self.module, name), None
        holder = names[owner]
        if isinstance(inspect.getattr_static(holder, name), (staticmethod, classmethod)):
            return getattr(holder, name), None
        made = eval(compiled(receiver or owner + "()", "eval"), names)
        return getattr(made, name), made


def bare_words(code, names, called):
    """Names that are arguments and mean nothing here, as the texts that they are."""
    try:
        tree = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(tree, ast.Call) or getattr(tree.func, "id", None) != called:
        return None
    given = [one for one in (*tree.args, *(keyword.value for keyword in tree.keywords)) if isinstance(one, ast.Name)]
    return {one.id: one.id for one in given if one.id not in names and not hasattr(builtins, one.id)}


def verdict(passed, actual):
    return {"kind": "passed" if passed else "failed", "actual": actual}


def told(error):
    return "%s: %s" % (type(error).__name__, str(error)[:160]) if str(error) else type(error).__name__


def repr_of(value):
    try:
        return shortened(re.sub(r" at 0x[0-9a-f]+", "", repr(value)), 300)
    except Exception as error:
        return "a value whose repr raises " + type(error).__name__


def same_text(actual, expected):
    squeeze = lambda text: re.sub(r"\s+", " ", text.replace("<BLANKLINE>", "")).strip()  # noqa: E731
    actual, expected = squeeze(actual), squeeze(expected)
    if "..." not in expected:
        return actual == expected or actual.replace('"', "'") == expected.replace('"', "'")
    pattern = ".*".join(re.escape(part) for part in expected.split("..."))
    return re.fullmatch(pattern, actual, re.S) is not None


def is_comparison(code):
    try:
        tree = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return False
    return isinstance(tree, ast.Compare) or (isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not))


def literal(text, names):
    """What an expected value is, as a tuple of one; None where it is prose."""
    text = text.strip()
    for spelling in (text, re.sub(r"(?<=\d)(?:\.\.\.|…)$", "", text), text.rstrip(".")):
        try:
            return (ast.literal_eval(spelling),)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            pass
    other = {"true": True, "false": False, "null": None, "nil": None, "none": None}
    if text.lower() in other:
        return (other[text.lower()],)
    try:
        tree = ast.parse(text, mode="eval")
        if any(isinstance(node, (ast.Lambda, ast.Await)) for node in ast.walk(tree)):
            return None
        return (eval(compile(tree, "<expected>", "eval"), dict(names)),)
    except Exception:
        return None


@functools.lru_cache(maxsize=4096)
def compiled(code, mode):
    tree = Equalities().visit(ast.parse(code.strip(), "<question>", mode))
    return compile(tree, "<question>", mode, dont_inherit=True)


def run_code(code, names):
    """Runs statements; the value of the last one, where it is an expression."""
    tree = ast.parse(code.strip())
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        run_tree(ast.Module(tree.body, []), names, "exec")
        return False, None
    if len(tree.body) > 1:
        run_tree(ast.Module(tree.body[:-1], []), names, "exec")
    return True, finished(run_tree(ast.Expression(tree.body[-1].value), names, "eval"))


def run_tree(tree, names, mode):
    made = compile(Equalities().visit(tree), "<example>", mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    value = eval(made, names)
    return asyncio.run(value) if inspect.iscoroutine(value) and made.co_flags & inspect.CO_COROUTINE else value


def finished(value):
    """What comes of it in the end: of a coroutine its result, of an asynchronous generator its items."""
    if inspect.iscoroutine(value):
        return asyncio.run(value)
    if inspect.isasyncgen(value):

        async def items():
            return [one async for one in value]

        return asyncio.run(items())
    return value


class Tools:
    """What properties.py takes of this file."""

    canonical, finished, repr_of, told = map(staticmethod, (canonical, finished, repr_of, told))

    def __init__(self, source_of):
        self.source_of = source_of


# The module, or why it cannot be loaded.
PROPERTIES = None


def load_properties(name):
    global PROPERTIES
    spec = importlib.util.spec_from_file_location("properties", os.path.join(FOLDER, name))
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        PROPERTIES = module
    except Exception as error:
        PROPERTIES = told(error)


# ---- modules


def module_name(request):
    """The name that the file is imported by, and the folder that it is found from."""
    folder, stem = os.path.dirname(request["path"]), os.path.splitext(os.path.basename(request["path"]))[0]
    parts = [stem] if stem != "__init__" else []
    while os.path.exists(os.path.join(folder, "__init__.py")) and folder != os.path.dirname(folder):
        parts.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    return ".".join(parts), folder


def load(request, text):
    name, folder = module_name(request) if request["project"] else (request["module"], "")
    code = compile(text, request["path"], "exec", dont_inherit=True)
    package = name.rpartition(".")[0]
    if os.path.basename(request["path"]) == "__init__.py":
        package = name
    if package and package != name:
        importlib.import_module(package)
    module = type(sys)(name)
    module.__file__, module.__package__ = request["path"], package
    if package == name:
        module.__path__ = [os.path.dirname(request["path"])]
    sys.modules[name] = module
    if package and package != name:
        setattr(sys.modules[package], name.rpartition(".")[2], module)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, module.__dict__)
    return module


def preload(request):
    """Imports once what all candidates import: it costs less than to import it in each of them."""
    wanted = None
    for text in request["candidates"]:
        found = set()
        for line in text.splitlines():
            match = re.match(r"(?:import|from)\s+([A-Za-z_]\w*)", line)
            if match:
                found.add(match.group(1))
        wanted = found if wanted is None else wanted & found
    own = request["module"]
    for name in sorted(wanted or ()):
        if name == own or (request["project"] and not name in sys.stdlib_module_names and local(request, name)):
            continue
        try:
            importlib.import_module(name)
        except BaseException:
            # The candidate that needs it says so itself.
            continue


def local(request, name):
    return any(os.path.exists(os.path.join(one, name + end)) for one in sys.path for end in ("", ".py") if one)


# ---- processes


def child(request, mark, index, start, out):
    limits = request["limits"]
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for which, most in (
        (resource.RLIMIT_DATA, limits["memory"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, math.ceil(limits["candidateSeconds"]) + 2),
    ):
        resource.setrlimit(which, (most, most))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    sys.stdin = open(os.devnull)

    own = os.getpid()

    def write(question, outcome):
        if os.getpid() != own:
            os._exit(0)  # A fork that the candidate made of itself, and let go on.
        line = mark + dumps([index, question, outcome]) + "\n"
        data = line.encode("utf-8", "backslashreplace")
        while data:
            data = data[os.write(out, data) :]

    def late(_signal, _frame):
        raise OutOfTime

    # Time of the processor, so that a busy machine gives the same answers; for one that sleeps the clock, at a longer time.
    signal.signal(signal.SIGVTALRM, late)
    signal.signal(signal.SIGALRM, late)

    def timer(seconds):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.05 if seconds else 0)
        signal.setitimer(signal.ITIMER_REAL, seconds * limits["patience"], 0.05 if seconds else 0)

    # What is asked and compared here is not theirs to reach by its name.
    sys.modules["__main__"] = type(sys)("__main__")
    try:
        timer(limits["loadSeconds"])
        candidate = Candidate(request, request["candidates"][index])
        timer(0)
    except BaseException as error:
        timer(0)
        why = "it does not end when it is loaded" if isinstance(error, OutOfTime) else told(error)
        write(-1, {"kind": "unloadable", "why": why, "raised": type(error).__name__})
        return
    questions = request["questions"]
    for number in range(start):
        # What a session has set up is needed by its later lines.
        if questions[number]["kind"] == "example" and questions[number].get("expected") is None:
            with contextlib.suppress(BaseException):
                timer(limits["laterSeconds"])
                candidate.answer(questions[number])
        timer(0)
    slow = 0
    for number in range(start, len(questions)):
        if time.process_time() > limits["candidateSeconds"]:
            write(number, {"kind": "timeout"})
            continue
        write(number, {"kind": "begun"})
        try:
            timer(limits["questionSeconds"] if slow < limits["slowQuestions"] else limits["laterSeconds"])
            outcome = candidate.answer(questions[number])
            timer(0)
        except OutOfTime:
            timer(0)
            slow += 1
            outcome = {"kind": "timeout"}
        except BaseException as error:
            timer(0)
            outcome = {"kind": "raised", "raised": type(error).__name__}
            if questions[number]["kind"] == "example":
                outcome = {"kind": "failed", "actual": "raises " + told(error), "raised": type(error).__name__}
        write(number, outcome)


class Worker:
    """A candidate's process, what it has said, and how long it may go on."""

    def __init__(self, request, mark, index, start, deaths):
        self.request, self.mark, self.index, self.deaths = request, mark.encode(), index, deaths
        self.rest = b""
        self.at, self.open = start, False
        self.deadline = time.monotonic() + request["limits"]["candidateSeconds"] + request["limits"]["graceSeconds"]
        self.source, out = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.source)
            try:
                child(request, mark, index, start, out)
            finally:
                os._exit(0)
        os.close(out)

    def read(self, write):
        """False at its end."""
        data = os.read(self.source, 1 << 16)
        if not data:
            return False
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if not line.startswith(self.mark):
                continue  # Bytes that the candidate itself wrote there.
            _, number, outcome = json.loads(line[len(self.mark) :])
            if outcome["kind"] == "begun":
                self.at, self.open = number, True
                continue
            self.at, self.open = (number + 1, False) if number >= 0 else (len(self.request["questions"]), False)
            write(line + b"\n")
        return True

    def end(self):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.source)
        os.waitpid(self.pid, 0)


def run(request, mark):
    output = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def write(data):
        while data:
            data = data[os.write(output, data) :]

    def tell(answer):
        write((mark + dumps(answer) + "\n").encode())

    # What the parent holds is shared with the forks for as long as nobody's garbage collector touches it.
    gc.collect()
    gc.freeze()
    total = len(request["questions"])
    waiting = [(index, 0, 0) for index in range(len(request["candidates"]))][::-1]
    workers = []
    while waiting or workers:
        while waiting and len(workers) < request["limits"]["processes"]:
            workers.append(Worker(request, mark, *waiting.pop()))
        soonest = min(worker.deadline for worker in workers) - time.monotonic()
        ready, _, _ = select.select([worker.source for worker in workers], [], [], max(0, soonest))
        for worker in list(workers):
            late = time.monotonic() > worker.deadline
            if not late and (worker.source not in ready or worker.read(write)):
                continue
            workers.remove(worker)
            worker.end()
            if worker.at >= total and not worker.open:
                continue
            # It died, or was ended, at a question: that one is answered for it, and the next ones are asked afresh.
            outcome = {"kind": "timeout"} if late else {"kind": "died"}
            tell([worker.index, worker.at, outcome])
            if worker.deaths < request["limits"]["deaths"] and not late and worker.at + 1 < total:
                waiting.append((worker.index, worker.at + 1, worker.deaths + 1))
            else:
                for number in range(worker.at + 1, total):
                    tell([worker.index, number, outcome])
    tell("done")


def main():
    request = json.loads(sys.stdin.buffer.read())
    mark = request.pop("mark")
    sys.path[:] = [one for one in sys.path if one and os.path.abspath(one) != FOLDER]
    request["module"] = os.path.splitext(os.path.basename(request["path"]))[0]
    if request["project"]:
        for folder in (request["root"], os.path.join(request["root"], "src"), module_name(request)[1]):
            if folder not in sys.path:
                sys.path.insert(0, folder)
    else:
        folder = os.path.dirname(request["path"])
        sys.path.insert(0, folder)
    os.chdir(request["root"])
    # What is traced or compiled of a candidate leaves nothing in the project's copy.
    sys.dont_write_bytecode = True
    preload(request)
    if request.get("properties"):
        load_properties(request["properties"]["harness"])
    run(request, mark)


if __name__ == "__main__":
    main()
