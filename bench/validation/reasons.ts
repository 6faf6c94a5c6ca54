// Why the checks say nothing of a mistake in a member or a call: what inference knows of what is asked.
import type { Language } from '../../server/core/language.ts';
import { spanText } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import type { WorkspaceProject } from '../../server/input/workspace/project.ts';
import { typesOf } from '../../server/validation/types/index.ts';
import { membersOfType } from '../../server/validation/types/members.ts';
import { callableOf } from '../../server/validation/types/parameters.ts';
import { alternatives } from '../../server/validation/types/type.ts';
import { type Mutation, mutated } from './mistakes.ts';

/** @returns `unknown` where there is no type, `open` where it may have more, `doubted` where a check left it out. */
export function reasonOf(
  all: Syntax,
  project: WorkspaceProject,
  mutation: Mutation,
  language: Language,
): string | undefined {
  const { kind, path, edit } = mutation;
  const file = all.parse(language.id, mutated(mutation))!;
  try {
    const { text, facts } = file;
    const visibleNames = (offset: number) => file.visibleNames(offset);
    const types = typesOf({ path, language, text, facts, project, visibleNames });
    if (!types) return undefined;
    const at = edit.span.start;
    if (kind === 'member') {
      const member = facts.members.find(({ nameSpan }) => nameSpan.start <= at && at <= nameSpan.end);
      if (!member) return 'no fact';
      const type = types.quick.typeOf(member.receiver);
      const of = spanText(text, member.receiver);
      if (!type) return `unknown ${of}`;
      const open = alternatives(type).find((one) => membersOfType(one, types.names)?.complete !== true);
      if (open)
        return `open ${open.kind} ${'of' in open && open.of && 'name' in open.of ? open.of.name : ''}`;
      return types.strict.typeOf(member.receiver) ? 'doubted' : `doubted ${of}`;
    }
    const calls = facts.calls.filter(({ span }) => span.start <= at && at <= span.end);
    const call = calls.at(-1);
    if (!call || (kind !== 'argument' && kind !== 'fewer' && kind !== 'keyword')) return undefined;
    const callee = types.quick.calleeOf(call);
    const of = spanText(
      text,
      call.receiver ? { start: call.receiver.start, end: call.nameSpan.end } : call.nameSpan,
    );
    if (!callee) return `unknown ${of}`;
    const callable = callableOf(callee, types.names);
    return callable && callable.ways.length > 0 ? `doubted ${of}` : `open ${callee.kind} ${of}`;
  } finally {
    file.release();
  }
}
