// Captures of calls.scm → call sites.
import type { CallFact } from '../../core/facts.ts';
import { captureNamed, type Match } from './captures.ts';

export function readCalls(matches: readonly Match[], text: string): CallFact[] {
  const byPlace = new Map<string, CallFact>();
  for (const match of matches) {
    const call = captureNamed(match, 'call');
    const name = captureNamed(match, 'name');
    if (!call || !name) continue;
    const receiver = captureNamed(match, 'receiver');
    byPlace.set(`${call.span.start} ${call.span.end}`, {
      span: call.span,
      name: text.slice(name.span.start, name.span.end),
      nameSpan: name.span,
      ...(receiver && { receiver: receiver.span }),
      arguments: (captureNamed(match, 'arguments')?.children ?? []).map((span) => ({
        span,
        value: span,
        spread: false,
      })),
    });
  }
  return [...byPlace.values()];
}
