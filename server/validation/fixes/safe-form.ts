// The safe form of an insecure call or assignment, as its rule writes it.
import type { AssignmentFact, CallFact, FileFacts } from '../../core/facts.ts';
import type { Fix } from '../../core/finding.ts';
import type { Edit, Span } from '../../core/span.ts';
import type { FixRule } from '../security/rules.ts';

export interface Unsafe {
  readonly path: string;
  readonly text: string;
  readonly facts: FileFacts;
  readonly call?: CallFact;
  readonly assignment?: AssignmentFact;
}

/**
 * Never certain: what is safe does not do the same as what is not.
 * @returns `undefined` where what the rule would change is not written there, or needs a module that the file does not have.
 */
export function safeForm(rule: FixRule, unsafe: Unsafe): Fix | undefined {
  const edits = [...ofCallee(rule, unsafe), ...ofValues(rule, unsafe), ...ofDropped(rule, unsafe)];
  if (edits.length === 0 || !edits.every(({ newText }) => isInReach(newText, unsafe.facts))) return undefined;
  return { title: rule.title, certain: false, edits: [{ path: unsafe.path, edits }] };
}

/** Whether the module that a text begins with is imported by its name. */
function isInReach(newText: string, { imports }: FileFacts): boolean {
  const module = /^([A-Za-z_]\w*)\./.exec(newText)?.[1];
  return module === undefined || imports.some(({ namespace }) => namespace === module);
}

function ofCallee({ name }: FixRule, { call }: Unsafe): readonly Edit[] {
  return name === undefined || !call?.receiver ? [] : [{ span: call.nameSpan, newText: name }];
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
