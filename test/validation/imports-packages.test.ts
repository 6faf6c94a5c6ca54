// Misspelt imports in languages whose modules are packages, classes or parts of crates: told, with what was meant; and what may
// come from elsewhere is not. Every case is a small tree on disk, seen through the real project.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { checkFile, loadSyntax, projectIn } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('java', 'rust', 'typescript', 'python');
});

/** What is said of the first file, as `check: replaced → replacement`. */
function said(files: Readonly<Record<string, string>>): string[] {
  const [name = ''] = Object.keys(files);
  const folder = tree(files);
  const around = projectIn(syntax, folder);
  const text = files[name]!;
  return checkFile(syntax, join(folder, name), text, around)
    .findings.filter(({ check }) => /^(?:imports|names)\//.test(check))
    .map(({ check, span, fixes }) => {
      const edit = fixes[0]?.edits[0]?.edits[0];
      return `${check}: ${text.slice(span.start, span.end)}${edit ? ` → ${edit.newText}` : ''}`;
    });
}

const cargo = { 'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n' };

describe('Rust', () => {
  test('modules and names of the standard library', () => {
    const file = `
use std::colections::HashMap;
use std::collections::HashMpa;
use std::sync::atomic::Ordering::SeqCst;
use std::os::unix::fs::MetadataExt;
use std::{fmt, io::{self, Write}};
`;
    expect(said({ 'src/lib.rs': file, ...cargo })).toEqual([
      'imports/unknown-module: std::colections → std::collections',
      'imports/unknown-export: HashMpa → HashMap',
    ]);
  });

  test('modules of the crate, what they hold, and what an enumeration holds', () => {
    const files = {
      'src/cart.rs': `
use crate::pries::total;
use crate::prices::{total as sum, totl, Kind};
use crate::prices::Kind::{Large, Lrge};
use crate::prices::inner::deep;
`,
      'src/lib.rs': 'mod cart;\nmod prices;\n',
      'src/prices.rs': `
pub fn total() {}
pub enum Kind { Small, Large }
pub mod inner { pub fn deep() {} }
`,
      ...cargo,
    };
    expect(said(files)).toEqual([
      'imports/unknown-module: crate::pries → crate::prices',
      'imports/unknown-export: totl → total',
      'imports/unknown-export: Lrge → Large',
    ]);
  });

  test('nothing is said where names are made by macros, attributes or other files, or count from a module in braces', () => {
    const files = {
      'src/cart.rs': `
use crate::made::Anything;
use crate::derived::OrderBuilder;
mod tests {
    use super::*;
    use super::checkout;
}
fn checkout() {}
`,
      'src/lib.rs': 'mod cart;\nmod made;\nmod derived;\n',
      'src/made.rs': 'macro_rules! make { () => { pub struct Anything; } }\nmake!();\n',
      'src/derived.rs': '#[derive(Builder)]\npub struct Order;\n',
      ...cargo,
    };
    expect(said(files)).toEqual([]);
  });
});

test('a class of a package of the language', () => {
  const file = `package shop;
import java.util.Lst;
import java.util.Map;
import java.util.concurrent.*;
class Cart {
  Map<String, String> items;
}
`;
  expect(said({ 'shop/Cart.java': file })).toEqual([
    'imports/unknown-module: java.util.Lst → java.util.List',
  ]);
});

test("a part of one of the runtime's own modules", () => {
  const files = {
    'a.ts':
      "import { readFile } from 'fs/promise';\nimport { resolve } from 'path/posix';\nreadFile(resolve('a'));\n",
    'package.json': '{ "name": "shop" }',
  };
  expect(said(files)).toEqual(['imports/unknown-module: fs/promise → fs/promises']);
});

test('a misspelt import is not what the right spelling means', () => {
  const file = 'from collections import OrderDict\n\nprint(OrderedDict())\n';
  const [first, second] = said({ 'a.py': file });
  expect(first).toBe('imports/unknown-export: OrderDict → OrderedDict');
  expect(second).toMatch(/^names\/unresolved: OrderedDict/);
  expect(second).not.toContain('→ OrderDict');
});
