// Captures of calls.scm → call sites and what is passed at each.
import type { ArgumentFact, CallFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { captureNamed, type Match, placeOf } from './captures.ts';

export function readCalls(matches: readonly Match[], text: string): CallFact[] {
  const details = new Map<number, ArgumentFact>();
  const calls = new Map<number, Match>();
  for (const match of matches) {
    const call = captureNamed(match, 'call');
    if (call) calls.set(placeOf(call.span), match);
    else addDetail(details, match, text);
  }
  return [...calls.values()].flatMap((match) => toCall(match, details, text));
}

function addDetail(details: Map<number, ArgumentFact>, match: Match, text: string): void {
  const spread = captureNamed(match, 'spread');
  const whole = spread ?? captureNamed(match, 'argument');
  if (!whole) return;
  const keyword = captureNamed(match, 'argument.keyword');
  details.set(placeOf(whole.span), {
    span: whole.span,
    value: captureNamed(match, 'argument.value')?.span ?? whole.span,
    ...(keyword && { keyword: text.slice(keyword.span.start, keyword.span.end) }),
    spread: spread !== undefined,
  });
}

function toCall(match: Match, details: ReadonlyMap<number, ArgumentFact>, text: string): CallFact[] {
  const call = captureNamed(match, 'call');
  const name = captureNamed(match, 'name');
  if (!call || !name) return [];
  const receiver = captureNamed(match, 'receiver');
  const only = captureNamed(match, 'argument');
  const given: readonly Span[] = only ? [only.span] : (captureNamed(match, 'arguments')?.children ?? []);
  return [
    {
      span: call.span,
      name: text.slice(name.span.start, name.span.end),
      nameSpan: name.span,
      ...(receiver && { receiver: receiver.span }),
      arguments: given.map((span) => details.get(placeOf(span)) ?? { span, value: span, spread: false }),
    },
  ];
}
