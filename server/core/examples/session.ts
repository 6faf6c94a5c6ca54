// Sessions at an interpreter's prompt: what was typed, and what it printed.
import { span } from '../span.ts';
import { type Found, type Lines, wholeCall } from './example.ts';

export const prompt = /^\s*(?:>>>|In \[\d+\]:|irb(?:\([^)]*\))?[^>]{0,20}>|js>) ?(?=\S)/;
const goesOn = /^\s*(?:\.\.\.|\s+\.\.\.:)(?: |$)/;

/** `>>> f(1)`, its further lines, and what it prints up to the next prompt or blank line. */
export function readSession(lines: Lines, first: number): Found | undefined {
  const opened = prompt.exec(lines[first]!.text);
  if (!opened) return undefined;
  const code = [lines[first]!.text.slice(opened[0].length)];
  let next = first + 1;
  for (let more = goesOn.exec(lines[next]?.text ?? ''); more; more = goesOn.exec(lines[next]?.text ?? '')) {
    code.push(lines[next]!.text.slice(more[0].length));
    next++;
  }
  const shown: string[] = [];
  const indent = /^\s*/.exec(lines[first]!.text)![0].length;
  while (
    next < lines.length &&
    lines[next]!.text.trim() !== '' &&
    !prompt.test(lines[next]!.text) &&
    !/^\s*(?:```|~~~)/.test(lines[next]!.text)
  ) {
    shown.push(lines[next]!.text.slice(indent).trimEnd());
    next++;
  }
  const last = lines[next - 1]!;
  const start = lines[first]!.start + opened[0].length;
  const whole = span(start, last.start + last.text.length);
  const call = wholeCall(code[0]!, start, code.length === 1);
  const traceback = /^(?:Traceback \(most recent call last\):|\w*(?:Error|Exception)\b)/.test(shown[0] ?? '');
  const raised = traceback ? /^([\w.]*\w)(?::|$)/.exec(shown.at(-1)!.trim())?.[1] : undefined;
  return {
    next,
    examples: [
      {
        form: 'session',
        span: whole,
        code: code.join('\n'),
        ...(raised !== undefined ? { raises: raised } : shown.length > 0 && { expected: shown.join('\n') }),
        ...(call && { call }),
      },
    ],
  };
}
