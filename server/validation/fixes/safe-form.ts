// The safe form of an insecure call or assignment, as its rule writes it.
import type { AssignmentFact, CallFact, FileFacts } from '../../core/facts.ts';
import type { Fix } from '../../core/finding.ts';
import { lineSpanAt } from '../../core/lines.ts';
import type { Edit, Span } from '../../core/span.ts';
import type { FixRule } from '../security/rules.ts';

export interface Unsafe {
  readonly path: string;
  readonly text: string;
  readonly facts: FileFacts;
  readonly call?: CallFact;
  readonly assignment?: AssignmentFact;
}

/** @returns `undefined` where what the rule would change is not written there. */
export function safeForm(rule: FixRule, unsafe: Unsafe): Fix | undefined {
  const edits = [...ofCallee(rule, unsafe), ...ofValues(rule, unsafe), ...ofDropped(rule, unsafe)];
  if (edits.length === 0) return undefined;
  return {
    title: rule.title,
    certain: rule.certain,
    edits: [{ path: unsafe.path, edits: [...edits, ...ofImport(rule, unsafe)] }],
  };
}

function ofCallee({ callee, name }: FixRule, { call }: Unsafe): readonly Edit[] {
  if (!call) return [];
  if (callee !== undefined) {
    return [
      {
        span: { start: call.receiver?.start ?? call.nameSpan.start, end: call.nameSpan.end },
        newText: callee,
      },
    ];
  }
  return name === undefined ? [] : [{ span: call.nameSpan, newText: name }];
}

function ofValues({ set }: FixRule, { call, assignment }: Unsafe): readonly Edit[] {
  return Object.entries(set ?? {}).flatMap(([which, newText]): Edit[] => {
    const value =
      which === 'value'
        ? assignment?.value
        : call?.arguments.find(({ keyword }, place) =>
            /^\d+$/.test(which) ? keyword === undefined && place === Number(which) : keyword === which,
          )?.value;
    return value ? [{ span: value, newText }] : [];
  });
}

/** A keyword goes with the comma that parts it from what is before it, or else from what follows. */
function ofDropped({ drop }: FixRule, { text, call }: Unsafe): readonly Edit[] {
  if (!call) return [];
  return (drop ?? []).flatMap((name): Edit[] => {
    const given = call.arguments.find(({ keyword }) => keyword === name);
    return given ? [{ span: withComma(text, given.span), newText: '' }] : [];
  });
}

function withComma(text: string, { start, end }: Span): Span {
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start));
  if (before) return { start: start - before[0].length, end };
  const after = /^\s*,\s*/.exec(text.slice(end, end + 200));
  return { start, end: end + (after?.[0].length ?? 0) };
}

/** The import goes before the first one, unless the file has that line. */
function ofImport({ import: statement }: FixRule, { text, facts }: Unsafe): readonly Edit[] {
  if (statement === undefined) return [];
  const first = facts.imports[0];
  if (facts.imports.some(({ span }) => text.slice(span.start, span.end) === statement)) return [];
  const at = first ? lineSpanAt(text, first.span.start).start : 0;
  return [{ span: { start: at, end: at }, newText: `${statement}\n` }];
}
