"""Prints which public names the modules and classes of this interpreter's standard library have, as JSON.

Stubs leave some out; scripts/declarations.ts adds them, so that nothing that is there is said to be missing.
"""

import importlib
import inspect
import json
import sys
import warnings

warnings.simplefilter("ignore")
LEFT_OUT = {"antigravity", "this", "idlelib", "turtledemo", "lib2to3", "test"}


def public(value):
    return sorted(name for name in dir(value) if not name.startswith("_"))


def modules():
    for name in sorted(sys.argv[1:]):
        if name.split(".")[0] in LEFT_OUT or name.endswith("__main__"):
            continue
        try:
            yield name, importlib.import_module(name)
        except BaseException:  # Of another platform, or not built here.
            continue


found = {}
for name, module in modules():
    classes = {
        each: public(value)
        for each, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == name
    }
    found[name] = {"names": public(module), "classes": classes}
json.dump(found, sys.stdout)
