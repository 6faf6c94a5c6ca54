# What holds whatever the right answer is, at inputs that hypothesis makes of a function's written types. harness.py loads this file
# where a question asks for it: {"kind": "property", "property", "name", "back", "returns", "strict"}. An answer is `passed`, or
# `failed` with the smallest call that hypothesis found and what came of it, or `unclear` where no inputs can be made.
import ast
import collections.abc
import copy
import dataclasses
import datetime
import decimal
import enum
import fractions
import inspect
import itertools
import numbers
import re
import string
import types
import typing
import uuid

import hypothesis
from hypothesis import strategies

TOOL = "hypothesis " + hypothesis.__version__
MOST_ITEMS = 50
MOST_SHOWN = 100
DEEPEST = 8

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Numbers are small, since functions count up to them or worse, and finite: whoever writes `float` seldom means all that it can be. Of all
# characters some are written here, since hypothesis takes seconds to find out which there are.
USUAL = {
    int: strategies.integers(-20, 20),
    float: strategies.floats(-100, 100, width=32),
    str: strategies.text(LETTERS + string.ascii_uppercase + string.digits + string.punctuation + " \t\n\0äßÉ€ı中\u0301😀", max_size=12),
}
# What every code for such values can carry: whether one must carry more is nowhere said.
PLAIN = {
    int: strategies.integers(1, 100),
    float: strategies.integers(1, 100).map(float),
    str: strategies.text(LETTERS, min_size=1, max_size=12),
}
SINGLE = (int, float, complex, bool, str, bytes, type(None), decimal.Decimal, fractions.Fraction, uuid.UUID)
SINGLE += (datetime.date, datetime.time, datetime.datetime, datetime.timedelta)
UNIONS = (typing.Union, getattr(types, "UnionType", typing.Union))
LISTS = (list, collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)
MAPS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)
SETS = (set, frozenset, collections.abc.Set, collections.abc.MutableSet)


class Unclear(Exception):
    pass


class Broken(Exception):
    pass


# Values that were made for a function, by its name: the first property makes them, and the others are tried at the same.
MADE = {}


def check(question, module, rules, tools):
    """Whether a property holds at the inputs that are tried. Raises what ends the search from outside."""
    property, examples = question["property"], rules["examples"]
    for kind, strategy in (PLAIN if property == "round-trip" else USUAL).items():
        strategies.register_type_strategy(kind, strategy)
    try:
        function = Function(module, question["name"], tools)
        if property == "round-trip":
            back = Function(module, question["back"], tools)
            test = round_trip(function, back)
        else:
            test = lambda values: TESTS[property](function, values, question, rules)  # noqa: E731
        made = MADE.setdefault((function.name, property == "round-trip"), [])
        if len(made) == examples and all(test(copy.deepcopy(values)) is None for values in made):
            return {"kind": "passed", "tool": TOOL}
        found = smallest(test, function.strategy(), examples, made)
    except Unclear as error:
        return {"kind": "unclear", "why": str(error)}
    if found is None:
        return {"kind": "passed", "tool": TOOL}
    values, told = found
    if property != "steady" and test(copy.deepcopy(values)) is None:
        return {"kind": "unclear", "why": "it does not do the same each time"}
    call = function.written(values)
    if property == "round-trip":
        call = "%s(%s)" % (question["back"], call)
    return {"kind": "failed", "actual": told, "call": call, "tool": TOOL}


def smallest(test, strategy, examples, made):
    """The smallest values that a test tells something of, and what; nothing where it does of none. Notes what was made."""
    found = None

    @hypothesis.settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
    )
    @hypothesis.given(strategy)
    def attempt(values):
        nonlocal found
        if len(made) < examples:
            made.append(values)
        told = test(copy.deepcopy(values))
        if told is not None:
            found = values, told
            raise Broken

    try:
        attempt()
    except Exception as error:
        # It complains as well of what is not the same the second time, which is told by the caller.
        if found is None:
            raise Unclear("hypothesis makes no values of its types: %s" % str(error)[:100]) from error
    return found


# ---- the function, and what it can be called with


class Function:
    def __init__(self, module, name, tools):
        self.name, self.tools = name, tools
        self.called = getattr(module, name, None)
        if not callable(self.called):
            raise Unclear("it is not there")
        try:
            signature = inspect.signature(self.called)
            hints = typing.get_type_hints(self.called, include_extras=True)
        except Exception as error:
            raise Unclear("its types cannot be read: %s" % str(error)[:100]) from error
        # What a decorator gives back in its place is not what it is written to give.
        self.returns = typing.Any if hasattr(self.called, "__wrapped__") else hints.get("return", typing.Any)
        self.required, self.optional = {}, {}
        for one in signature.parameters.values():
            if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
                continue
            needed = one.default is one.empty
            if one.kind is one.POSITIONAL_ONLY and not needed:
                continue
            try:
                kind = concrete(hints[one.name])
            except (KeyError, Unclear):
                if needed:
                    raise Unclear("no values are made of the type of `%s`" % one.name) from None
                continue
            (self.required if needed else self.optional)[one.name] = kind
        self.by_name = {one.name for one in signature.parameters.values() if one.kind is one.KEYWORD_ONLY}
        if not self.required and not self.optional:
            raise Unclear("it takes nothing")

    def strategy(self):
        made = lambda kinds: {name: strategies.from_type(kind) for name, kind in kinds.items()}  # noqa: E731
        return strategies.fixed_dictionaries(made(self.required), optional=made(self.optional))

    def split(self, values):
        first = [name for name in self.required if name not in self.by_name]
        return [values[name] for name in first], {name: one for name, one in values.items() if name not in first}

    def call(self, values):
        """The value, and as text that is equal for equal ones; or the error that is raised."""
        arguments, keywords = self.split(values)
        try:
            value = self.tools.finished(self.called(*arguments, **keywords))
            return value, self.tools.canonical(value), None
        except Exception as error:
            return None, "raises " + self.tools.told(error), error

    def raises(self, error):
        """Whether a statement of the project raises an error: that is meant, and not what the language says of a mistake."""
        last = error.__traceback__
        while last.tb_next:
            last = last.tb_next
        path = last.tb_frame.f_code.co_filename
        source = self.tools.source_of(path)
        found = ast.walk(ast.parse(source)) if source else ()
        return any(isinstance(one, ast.Raise) and one.lineno <= last.tb_lineno <= one.end_lineno for one in found)

    def written(self, values):
        arguments, keywords = self.split(values)
        parts = [self.tools.repr_of(one) for one in arguments]
        parts += ["%s=%s" % (name, self.tools.repr_of(one)) for name, one in keywords.items()]
        return "%s(%s)" % (self.name, ", ".join(parts))



def concrete(kind, depth=0):
    """The type with one that is surely meant in place of those that stand for many; raises for what is not known."""
    if kind in SINGLE:
        return kind
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if depth > DEEPEST or kind is None:
        raise Unclear
    within = lambda one: one if one is Ellipsis else concrete(one, depth + 1)  # noqa: E731
    if origin is typing.Annotated:
        within(parts[0])
        return kind
    if origin is typing.Literal:
        return kind
    if origin in UNIONS:
        return typing.Union[tuple(within(one) for one in parts)]
    if parts and origin in LISTS:
        return list[within(parts[0])]
    if parts and origin in MAPS:
        return dict[tuple(within(one) for one in parts)]
    if parts and origin in SETS:
        return (frozenset if origin is frozenset else set)[within(parts[0])]
    if parts and origin is tuple:
        return tuple[tuple(within(one) for one in parts)]
    if isinstance(kind, type) and origin is None:
        if issubclass(kind, enum.Enum) and len(kind) > 0:
            return kind
        named = issubclass(kind, tuple) and hasattr(kind, "_fields")
        if dataclasses.is_dataclass(kind) or named or typing.is_typeddict(kind):
            for one in typing.get_type_hints(kind).values():
                within(one)
            return kind
    raise Unclear


# ---- the properties: each tells what is wrong at some values, or nothing


def errors(function, values, question, rules):
    passed = kinds_in(list(values.values()))
    _, told, error = function.call(values)
    if error is None or any(one.__name__ in rules["allowed"] for one in type(error).__mro__) or function.raises(error):
        return None
    return told if is_defect(question, rules, told.removeprefix("raises "), passed) else None


def is_defect(question, rules, text, passed):
    for rule in rules["defects"]:
        excuses = set(rule.get("without", ()))
        if re.search(rule["text"], text) and not passed & excuses and not (excuses and question["filled"]):
            return True
    return False


def kinds_in(value, depth=0):
    """What was passed that may be a wrong index, count or key."""
    if isinstance(value, (bool, type(None))) or depth > DEEPEST:
        return set()
    if isinstance(value, (str, bytes)):
        return {"text"} if value else set()
    if isinstance(value, dict):
        return {"map"}.union(*(kinds_in(one, depth + 1) for one in (*value, *value.values())))
    if isinstance(value, (list, tuple, set, frozenset)):
        return set().union(*(kinds_in(one, depth + 1) for one in value))
    if dataclasses.is_dataclass(value):
        return kinds_in(list(vars(value).values()), depth + 1)
    return {"number"} if isinstance(value, numbers.Number) else set()


def type_told(function, values, question, rules):
    passed = kinds_in(list(values.values()))
    value, _, error = function.call(values)
    if error is not None or fits(value, function.returns):
        return None
    # Nothing, where there should be something, may be all that there is to say of what was passed.
    if value is None and not is_defect(question, rules, "None", passed):
        return None
    return "gives %s, which is no `%s`" % (function.tools.repr_of(value), question["returns"]["written"])


def fits(value, kind, depth=0):
    """Whether a value is of a written type, as far as that can be told."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    within = lambda one, part: fits(one, part, depth + 1)  # noqa: E731
    if depth > DEEPEST or kind is typing.Any:
        return True
    if kind is None or kind is type(None):
        return value is None
    if kind in (int, float, complex):
        # Numbers of libraries are numbers, too.
        wider = {int: numbers.Integral, float: numbers.Real, complex: numbers.Complex}[kind]
        return isinstance(value, (wider, decimal.Decimal) if kind is float else wider)
    if kind is bool:
        return isinstance(value, bool) or type(value).__name__ in ("bool", "bool_")
    if origin in UNIONS:
        return any(within(value, part) for part in parts)
    if origin is typing.Literal:
        return value in parts
    if origin is typing.Annotated:
        return within(value, parts[0])
    if origin is tuple and isinstance(value, tuple):
        if len(parts) == 2 and parts[1] is Ellipsis:
            return all(within(one, parts[0]) for one in value[:MOST_ITEMS])
        return len(value) == len(parts) and all(map(within, value, parts))
    if origin in (list, set, frozenset, *LISTS[1:2], *SETS) and isinstance(value, (list, tuple, set, frozenset)):
        return isinstance(value, origin) and all(within(one, parts[0]) for one in itertools.islice(value, MOST_ITEMS))
    if origin in MAPS and isinstance(value, dict):
        pairs = itertools.islice(value.items(), MOST_ITEMS)
        return all(within(key, parts[0]) and within(one, parts[1]) for key, one in pairs)
    known = origin or kind
    if not isinstance(known, type) or typing.is_typeddict(known) or getattr(known, "_is_protocol", False):
        return True
    return isinstance(value, known)


def steady(function, values, _question, _rules):
    again = copy.deepcopy(values)
    _, first, _ = function.call(values)
    _, second, _ = function.call(again)
    return None if first == second else both(first, "gives %s, and then %s", second, "gives something else the second time")


def unchanged(function, values, question, _rules):
    before = {name: function.tools.canonical(one) for name, one in values.items()}
    value, _, error = function.call(values)
    if error is not None:
        return None
    for name, one in values.items():
        # One that gives back nothing, or what it was given, or something else altogether may be there to change it.
        meant = type(value) is not type(one) or value is one or any(value is other for other in values.values())
        if function.tools.canonical(one) != before[name] and (question.get("strict") or not meant):
            return "changes its argument `%s` to %s" % (name, function.tools.repr_of(one))
    return None


def idempotent(function, values, _question, _rules):
    [name] = function.required
    value, once, error = function.call(values)
    if error is not None:
        return None
    _, twice, _ = function.call({**values, name: copy.deepcopy(value)})
    return None if once == twice else both(once, "gives %s, and of that %s", twice, "gives something else of its result")


def both(first, told, second, otherwise):
    return told % (first, second) if len(first) + len(second) <= MOST_SHOWN else otherwise


def round_trip(there, back):
    [first], [second] = there.required, back.required

    def test(values):
        given = {first: values[first]}
        before = there.tools.canonical(given[first])
        value, _, error = there.call(given)
        if error is not None:
            return None
        result, after, error = back.call({second: value})
        return None if after == before else after if error is not None else "gives " + back.tools.repr_of(result)

    return test


TESTS = {
    "errors": errors,
    "type": type_told,
    "steady": steady,
    "unchanged": unchanged,
    "idempotent": idempotent,
}
