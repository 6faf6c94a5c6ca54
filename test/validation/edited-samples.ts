// Small programs in which much rests on each other, with something to find in most functions.

export interface Sample {
  readonly path: string;
  readonly text: string;
  /** Statements that are typed at the ends of lines, with the line's indentation. */
  readonly typed: readonly string[];
}

export const samples: Readonly<Record<string, Sample>> = {
  python: {
    path: 'shop.py',
    text: `import os
from collections import OrderedDict

LIMIT = 3


class Cart(dict):
    """Things that are bought."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.names = []

    def show(self):
        self.names.push(1)
        os.system("ls " + self.owner)
        return total(self.names, LIMIT, 4)


def total(prices, limit):
    text = "a"
    text.uper()
    return sum(pricse) if limit else OrderedDict().keyz()


def later():
    # TODO: write it
    pass


class Shop:
    def __init__(self):
        self.cart = Cart("x")
        self.label = "a"

    def open(self):
        return self.cart

    def close(self, hard, soft=None):
        self.cart.owner.uper()
        self.label.lowr()
        return later()


def made():
    return Shop()


def used(other):
    made().clos()
    made().close()
    Shop().open().shwo()
    total([], 1, 2)  # vouch: ignore
    other.anything()


def chosen():
    found = []
    handed().sort()
    return found


def handed():
    return chosen()


def shown():
    handed().append(1)
`,
    typed: [
      'self.label = 1',
      'return 1',
      'setattr(self, "x", 1)',
      'global LIMIT',
      '# vouch: ignore',
      ...['def later(a): return "a"', 'made = 1', 'self.cart = None', 'import os as later'],
      'total([], 1, 2)',
      'self.names = "x"',
      'names = missing',
      'def more(a): return a',
      'import jsn',
    ],
  },
  typescript: {
    path: 'shop.ts',
    text: `import { exec } from 'node:child_process';
const limit = 3;

export class Cart {
  names: string[] = [];
  constructor(private readonly owner: string) {}
  show(): number {
    this.names.pusj('a');
    exec('ls ' + this.owner);
    return total(this.names, limit, 4);
  }
}

export function total(prices: string[], most: number): number {
  const text = 'a';
  text.toUperCase();
  return prices.lenght + moust;
}

// TODO: write it
export function later(): void {
  throw new Error('not implemented');
}

export class Shop {
  cart = new Cart('x');
  label = 'a';
  open() {
    return this.cart;
  }
  close(hard: boolean, soft?: string): string {
    this.label.toUperCase();
    this.cart.shwo();
    return soft ?? this.label;
  }
}

function made() {
  return new Shop();
}

let chosen = 'a';

export function used(other: Shop): void {
  made().clos();
  made().close();
  new Shop().open().shwo();
  other.close(true, 'a', 1); // vouch: ignore
  chosen.toUperCase();
  const set = (): void => {
    chosen = 'b';
  };
  set();
}
`,
    typed: [
      'this.label = 1;',
      'return 1;',
      'chosen = 1;',
      '// vouch: ignore',
      'chosen = made();',
      ...['function made() { return 1; }', 'Object.assign(this, {});', 'let chosen = "";'],
      'total([], 1, 2);',
      'const more = missing;',
      "const text = [''];",
      'function one(a: string) {}',
    ],
  },
  javascript: {
    path: 'shop.js',
    text: `const { exec } = require('child_process');
let limit = 3;

class Cart {
  constructor(owner) {
    this.owner = owner;
    this.names = [];
  }
  show() {
    this.names.pusj('a');
    exec('ls ' + this.owner);
    return total(this.names, limit);
  }
}

function total(prices, most) {
  const text = 'a';
  text.toUperCase();
  return prices.length + moust;
}

class Shop {
  constructor() {
    this.cart = new Cart('x');
    this.label = 'a';
  }
  open() {
    return this.cart;
  }
  close(hard, soft) {
    this.label.toUperCase();
    return this.cart;
  }
}

function made() {
  return new Shop();
}

let chosen = 'a';

function used() {
  made().clos();
  new Shop().open().shwo();
  chosen.toUperCase(); // vouch: ignore
  const set = () => {
    chosen = 'b';
  };
  return set;
}

module.exports = { Cart, total, used };
`,
    typed: [
      'this.label = 1;',
      'return 1;',
      'chosen = 1;',
      '// vouch: ignore',
      'chosen = made();',
      ...['function made() { return 1; }', 'Object.assign(this, {});', 'let chosen = "";'],
      'total([], 1);',
      'limit = "a";',
      'const more = missing;',
      'eval(limit);',
    ],
  },
  go: {
    path: 'shop.go',
    text: `package shop

import (
	"fmt"
	"os/exec"
	"strings"
)

type Cart struct {
	Owner string
	names []string
}

func (c *Cart) Show() int {
	exec.Command("sh", "-c", "ls "+c.Owner).Run()
	c.nams = nil
	return total(c.names, 4, 5)
}

func total(prices []string, most int) int {
	fmt.Println(strings.ToUper("a"))
	return len(prices) + moust
}

type Shop struct {
	cart  *Cart
	label string
}

func (s *Shop) Open() *Cart {
	return s.cart
}

func (s *Shop) Close(hard bool, soft string) string {
	s.cart.Shwo()
	s.labl = soft
	return s.label
}

func made() *Shop {
	return &Shop{}
}

func used(other Shop) {
	made().Clos()
	made().Close(true)
	other.Open().Shwo()
	total(nil, 1, 2) // vouch: ignore
	first, second := made(), made().Open()
	first.Opn()
	second.Shwo()
}
`,
    typed: [
      's.label = 1',
      'return nil',
      '// vouch: ignore',
      'made := 1',
      'var label int',
      ...['type Cart int', 'other = made()'],
      'total(nil, 1, 2)',
      'c.Owner = "x"',
      'more := missing',
      'fmt.Printn(1)',
    ],
  },
  rust: {
    path: 'shop.rs',
    text: `use std::process::Command;

pub struct Cart {
    owner: String,
}

impl Cart {
    pub fn show(&self) -> usize {
        Command::new("sh").arg(format!("ls {}", self.owner));
        total(&[], 4)
    }
}

fn total(prices: &[String], most: usize) -> usize {
    prices.len() + moust
}

fn later() {
    todo!()
}

pub struct Shop {
    cart: Cart,
    label: String,
}

impl Shop {
    pub fn open(&self) -> &Cart {
        &self.cart
    }
    pub fn close(&mut self, hard: bool, soft: String) -> String {
        self.cart.shwo();
        self.labl = soft;
        self.label.clone()
    }
}

fn made() -> Shop {
    todo!()
}

fn used(other: Shop) {
    made().clos();
    made().close(true);
    other.open().shwo();
    total(&[], 1, 2); // vouch: ignore
}
`,
    typed: [
      ...[
        'self.label = 1;',
        'return other;',
        '// vouch: ignore',
        'let made = 1;',
        'use crate::later as made;',
      ],
      ...['struct Cart;', 'let other = made();'],
      'total(&[], 1);',
      'let more = missing;',
      'let most = 1;',
    ],
  },
  java: {
    path: 'Shop.java',
    text: `import java.util.ArrayList;
import java.util.List;

public class Shop {
    private final List<String> names = new ArrayList<>();
    private String owner = "";

    int show() throws Exception {
        names.pusj("a");
        Runtime.getRuntime().exec("ls " + owner);
        return total(names, 4, 5);
    }

    static int total(List<String> prices, int most) {
        String text = "a";
        text.toUperCase();
        return prices.size() + moust;
    }

    // TODO: write it
    void later() {
        throw new UnsupportedOperationException();
    }

    static class Cart {
        String label = "a";

        Cart open() {
            return this;
        }

        String close(boolean hard, String soft) {
            label.toUperCase();
            this.labl = soft;
            return label;
        }
    }

    static Cart made() {
        return new Cart();
    }

    void used(Cart other) {
        made().clos();
        made().close(true);
        new Cart().open().shwo();
        total(names, 1, 2); // vouch: ignore
        var first = made();
        first.opn();
    }
}
`,
    typed: [
      'this.owner = 1;',
      'return null;',
      '// vouch: ignore',
      'int made = 1;',
      'class Cart {}',
      ...['String label;', 'other = made();'],
      'total(null, 1, 2);',
      'owner = "x";',
      'int more = missing;',
      'void one() {}',
    ],
  },
};
