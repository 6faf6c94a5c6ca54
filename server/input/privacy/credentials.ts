// Passwords in addresses and on command lines, and what the headers of HTTP carry.
import { type Span, span } from '../../core/span.ts';
import { isName, isOpen, isPassword, isRandom, isStandIn } from './likelihood.ts';
import { minPassword, minRandom, minRandomBare } from './limits.ts';
import type { Finder, Secret } from './secret.ts';

/** `scheme://user:password@host`, in which either name may be a token. The lengths keep hostile texts from costing time. */
const address = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/?#@'"`<>\\]{0,200}):([^\s/@'"`<>\\]{1,200})@/gi;

/** `scheme://token@host`, as git and npm take it. */
const tokenAddress = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/?#@'"`<>\\]{12,200})@/gi;

const header = /(?<!-)\b(bearer|basic|token|apikey)[ \t]+([\w+/=.~-]{8,1024})/gi;

/** `curl -u name:password`, `--user`. */
const commandUser = /\bcurl\b[^\n]{0,500}?\s(?:-u|--user)[ =]?["']?([^\s:"'`]{1,100}):([^\s"'`]{1,200})/g;

export const credentials: Finder = function* (text) {
  yield* inAddresses(text);
  yield* inHeaders(text);
  yield* onCommandLines(text);
};

function* inAddresses(text: string): Generator<Secret> {
  for (const { 0: whole, 1: user = '', 2: password = '', index } of text.matchAll(address)) {
    const end = index + whole.length - 1;
    const start = end - password.length - 1 - user.length;
    if (isRandom(user, minRandomBare)) yield { kind: 'token', span: span(start, start + user.length) };
    if (password !== user && guards(password)) {
      yield { kind: 'password', span: span(end - password.length, end) };
    }
  }
  for (const { 0: whole, 1: token = '', index } of text.matchAll(tokenAddress)) {
    const end = index + whole.length - 1;
    if (isRandom(token, minRandomBare)) yield { kind: 'token', span: span(end - token.length, end) };
  }
}

/** What stands where a password does, and is none of the words that show where it would stand. */
const guards = (password: string): boolean =>
  password.length > 3 && !isStandIn(password) && !isName(password) && !isOpen(password);

function* inHeaders(text: string): Generator<Secret> {
  for (const { 0: whole, 1: scheme = '', 2: value = '', index } of text.matchAll(header)) {
    const basic = scheme.toLowerCase() === 'basic';
    if (basic ? isUserAndPassword(value) : isRandom(value, minRandom)) {
      yield { kind: `${basic ? 'basic' : 'bearer'} credentials`, span: lastOf(index, whole, value) };
    }
  }
}

function* onCommandLines(text: string): Generator<Secret> {
  for (const { 0: whole, 2: password = '', index } of text.matchAll(commandUser)) {
    if (isPassword(password, minPassword)) {
      yield { kind: 'password', span: lastOf(index, whole, password) };
    }
  }
}

const lastOf = (at: number, whole: string, value: string): Span =>
  span(at + whole.length - value.length, at + whole.length);

/** RFC 7617: `user:password` in Base64. Words after "basic" do not decode to that. */
function isUserAndPassword(value: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return /^[ -~]+:[ -~]+$/.test(decoded);
}
