// All checks against mistakes that were planted in solutions to puzzles: which of the buggy versions are flagged where the
// fixed ones are not, and what is said of the fixed ones. pyflakes beside it, where `--pyflakes` says how it is started.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../server/core/finding.ts';
import type { Project } from '../../server/core/project.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { check, log, print, records } from './kit.ts';

interface Pair {
  readonly id: string;
  readonly lang: string;
  readonly category: string;
  readonly buggy: string;
  readonly fixed: string;
}

/** The names that the puzzles' site brings along: the code was written for it and runs nowhere else. */
const environment: Readonly<Record<string, string>> = {
  python: [
    'import bisect, collections, datetime, functools, heapq, itertools, math, operator, random, re, statistics, string, sys, copy, queue',
    'from bisect import bisect, bisect_left, bisect_right, insort, insort_left, insort_right',
    'from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple',
    'from copy import copy, deepcopy',
    'from fractions import Fraction',
    'from functools import cache, cached_property, cmp_to_key, lru_cache, partial, reduce, singledispatch, wraps',
    'from heapq import heapify, heappop, heappush, heappushpop, heapreplace, merge, nlargest, nsmallest',
    'from itertools import accumulate, chain, combinations, combinations_with_replacement, compress, count, cycle, dropwhile, groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, tee, zip_longest',
    'from math import ceil, comb, cos, dist, factorial, fabs, floor, gcd, hypot, inf, isqrt, lcm, log, log10, log2, nan, perm, pi, pow as _pow, prod, sin, sqrt, tan, trunc',
    'from operator import add, and_, itemgetter, mul, or_, sub, xor, attrgetter, iadd, imul, ior',
    'from random import choice, randint, randrange, shuffle, uniform',
    'from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits, punctuation',
    'from sys import maxsize, setrecursionlimit, stdin, stdout',
    'from typing import Any, Callable, DefaultDict, Deque, Dict, FrozenSet, Generator, Iterable, Iterator, List, Optional, Sequence, Set, Tuple, Union',
    'class ListNode:\n    def __init__(self, val=0, next=None):\n        self.val = val\n        self.next = next',
    'class TreeNode:\n    def __init__(self, val=0, left=None, right=None):\n        self.val = val\n        self.left = left\n        self.right = right',
    'class Node:\n    def __getattr__(self, name): ...',
    'class NestedInteger:\n    def __getattr__(self, name): ...',
    'def __getattr__(name): ...',
    '',
  ].join('\n'),
  java: [
    'package solution;',
    'import java.io.*; import java.math.*; import java.text.*; import java.util.*;',
    'import java.util.concurrent.*; import java.util.concurrent.atomic.*; import java.util.function.*;',
    'import java.util.regex.*; import java.util.stream.*; import javafx.util.Pair;',
    'class ListNode { int val; ListNode next; ListNode() {} ListNode(int val) {} ListNode(int val, ListNode next) {} }',
    'class TreeNode { int val; TreeNode left, right; TreeNode() {} TreeNode(int val) {} TreeNode(int val, TreeNode left, TreeNode right) {} }',
    'class Node extends site.Node {}',
    'class NestedInteger extends site.NestedInteger {}',
    '',
  ].join('\n'),
};

/**
 * The languages as the data names them. C++ is left out, since of it only syntax is judged; what the data calls undefined
 * objects in Java are mostly nulls, which compile, and some of its fixed versions are Python.
 */
const languages: Readonly<Record<string, string>> = { python3: 'python', java: 'java' };

const extensions: Readonly<Record<string, string>> = { python: 'py', java: 'java' };

interface Row {
  pairs: number;
  flaggedBuggy: number;
  flaggedFixed: number;
  pyflakesBuggy?: number;
  pyflakesFixed?: number;
}

export async function measureDebugbench(
  all: Syntax,
  folder: string,
  findingsToo: boolean,
  pyflakes?: string,
): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'vouch-bench-'));
  try {
    const project = createProject({
      log,
      syntax: all,
      folders: [{ path: place, exclude: [] }],
      openText: () => undefined,
    });
    const rows = new Map<string, Row>();
    for (const pair of records<Pair>(join(folder, 'hallucination/debugbench.jsonl.gz'))) {
      const languageId = languages[pair.lang];
      if (languageId === undefined || !(await all.load(languageId))) continue;
      await project.prepare(languageId);
      const key = `${languageId}: ${pair.category}`;
      const row = rows.get(key) ?? { pairs: 0, flaggedBuggy: 0, flaggedFixed: 0 };
      rows.set(key, row);
      const ask = (text: string) => findingsIn(all, project, languageId, place, text);
      const fixed = ask(pair.fixed);
      const buggy = ask(pair.buggy);
      row.pairs++;
      if (added(fixed, buggy).length > 0) row.flaggedBuggy++;
      if (fixed.length > 0) row.flaggedFixed++;
      if (languageId === 'python' && pyflakes) {
        const before = askPyflakes(pyflakes, place, pair.fixed);
        row.pyflakesBuggy =
          (row.pyflakesBuggy ?? 0) + (askPyflakes(pyflakes, place, pair.buggy) > before ? 1 : 0);
        row.pyflakesFixed = (row.pyflakesFixed ?? 0) + (before > 0 ? 1 : 0);
      }
      if (findingsToo) tell(pair, fixed, added(fixed, buggy));
    }
    for (const [key, row] of rows)
      print({ bench: 'validation/debugbench', category: key, ...row, recall: row.flaggedBuggy / row.pairs });
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** What is wrong before any change is not the planted mistake. */
function added(fixed: readonly Finding[], buggy: readonly Finding[]): readonly Finding[] {
  const known = new Set(fixed.map(({ check: name, message }) => `${name} ${message}`));
  return buggy.filter(({ check: name, message }) => !known.has(`${name} ${message}`));
}

function findingsIn(
  all: Syntax,
  project: Project,
  languageId: string,
  place: string,
  code: string,
): readonly Finding[] {
  const head = environment[languageId] ?? '';
  const language = all.languages.find(({ id }) => id === languageId)!;
  const file = all.parse(languageId, head + code);
  if (!file) return [];
  const findings = check(file, join(place, `solution.${extensions[languageId]}`), language, project);
  file.release();
  return findings.filter(({ span }) => span.start >= head.length);
}

/** How many errors, not warnings, pyflakes reports. */
function askPyflakes(python: string, place: string, code: string): number {
  const path = join(place, 'pyflakes.py');
  writeFileSync(path, environment.python + code);
  let output = '';
  try {
    execFileSync(python, ['-m', 'pyflakes', path], { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    output = `${stdout ?? ''}${stderr ?? ''}`;
  }
  return output
    .split('\n')
    .filter((line) =>
      /undefined name|syntax|invalid|Error|unterminated|was never closed|expected/i.test(line),
    ).length;
}

function tell(pair: Pair, fixed: readonly Finding[], found: readonly Finding[]): void {
  const list = (findings: readonly Finding[]) =>
    findings.map(({ check: name, message }) => `${name}: ${message}`);
  if (fixed.length > 0) print({ alarm: pair.id, of: list(fixed) });
  if (found.length === 0) print({ missed: pair.id });
  else print({ found: pair.id, of: list(found).slice(0, 3) });
}
