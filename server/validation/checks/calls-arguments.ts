// calls/arguments: a call that passes too many arguments, too few, or one by a name that does not exist.
import type { Declaration } from '../../core/declarations.ts';
import type { ArgumentFact, CallFact } from '../../core/facts.ts';
import { matches } from '../../core/inheritance.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { Check, CheckFinding, Subject } from '../check.ts';
import { dropArgument } from '../fixes/drop-argument.ts';
import { renameTo } from '../fixes/rename.ts';
import { lookAt } from '../memory.ts';
import { isTest } from '../security/test-code.ts';
import { type Misfit, misfit } from '../types/arguments.ts';
import { isMeant } from '../types/doubts.ts';
import { type Types, typesOf } from '../types/index.ts';
import type { Inference } from '../types/infer.ts';
import { constructedBy } from '../types/members.ts';
import { type Callable, callableOf } from '../types/parameters.ts';

/** Calls that are looked at before the run is asked whether it goes on. */
const between = 500;

export const callsArguments: Check = {
  name: 'calls/arguments',
  severity: 'error',
  summary:
    'A call with too many or too few arguments, or with one by a name that the function does not have.',
  example: {
    languageId: 'python',
    code: 'def area(width, height):\n    return width * height\n\narea(1, 2, 3)\n',
  },
  judges: ({ types }) => types !== undefined && types.lenientCalls !== true,
  run(run, subject) {
    const types = typesOf(subject);
    return types ? find(run, subject, types) : [];
  },
};

function find(run: Run, subject: Subject, types: Types): CheckFinding[] {
  const found: CheckFinding[] = [];
  const look = lookAt(subject, 'calls');
  for (const [index, call] of subject.facts.calls.entries()) {
    if (index % between === 0) throwIfEnded(run);
    if (look.isQuiet(call.span)) continue;
    if (mayBeOthers(call, subject, types) || !judge(call, types.quick, types, subject.text)) continue;
    look.suspect();
    if (isMeant(subject, types, call.span)) continue;
    const judged = judge(call, types.strict, types, subject.text);
    if (judged && !isReplaced(call, subject)) found.push(finding(subject, call, judged));
  }
  look.end();
  return found;
}

/** Whether a text puts something else in the place of a method: by setting it, or in a test by naming it. */
function isReplaced({ receiver, nameSpan, name }: CallFact, subject: Subject): boolean {
  const { text } = subject;
  if (!receiver) return false;
  const literal = (written: string): string => written.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const callee = literal(text.slice(receiver.start, nameSpan.end));
  if (new RegExp(`(?<![\\w$.])${callee}\\s*=(?![=>])`).test(text)) return true;
  // `patch("shop.Cart.total")`, `spyOn(cart, "total")`.
  return isTest(subject) && new RegExp(`(?:["'][\\w.]+\\.|,\\s*["'])${literal(name)}["']`).test(text);
}

/** Whether what is passed need not be what is seen. */
function mayBeOthers(
  { arguments: given, nameSpan, span }: CallFact,
  { text }: Subject,
  { names }: Types,
): boolean {
  const { callsSpread, partialCall } = names.rules;
  const [first, ...more] = given;
  const written = text.slice(nameSpan.end, span.end);
  // An argument that the grammar takes for something else.
  if (!first) return /\([\s\S]*[^\s(][\s\S]*\)$/.test(written) && !/\(\s*\)$/.test(written);
  if (partialCall !== undefined && matches(partialCall, written)) return true;
  // A call as the only argument, in languages where it may give out several values.
  return callsSpread === true && more.length === 0 && text[first.value.end - 1] === ')';
}

interface Judged {
  readonly callable: Callable;
  /** Of the way that was nearest to fitting. */
  readonly misfit: Misfit;
}

function judge(call: CallFact, inference: Inference, { names }: Types, text: string): Judged | undefined {
  const called = inference.calleeOf(call);
  const { construction } = names.rules;
  const isConstruction = construction === undefined || text.startsWith(`${construction} `, call.span.start);
  if (called?.kind === 'class' && !isConstruction) return undefined;
  // What a value says of how it is called is not how it constructs.
  const isMade = called?.kind === 'instance' && construction !== undefined && isConstruction;
  const callee = isMade ? constructedBy(called, names) : called;
  if (!callee || (callee.kind === 'callable' && callee.by?.kind === 'base' && isOfRoot(callee.of[0], names)))
    return undefined;
  const callable = callableOf(callee, names);
  if (!callable || callable.ways.length === 0) return undefined;
  const misfits = callable.ways.map((way) => misfit(way, call.arguments));
  if (misfits.some((each) => each === undefined)) return undefined;
  // Of several ways the one that takes most is nearest to what was meant.
  const nearest = misfits.reduce((a, b) =>
    a?.kind === 'too many' && b?.kind === 'too many' && b.most > a.most ? b : a,
  );
  return { callable, misfit: nearest! };
}

/** What is asked of the base classes may be another class's, where several are extended together. */
function isOfRoot(
  declaration: Declaration | undefined,
  { rules, builtin, membersOf }: Types['names'],
): boolean {
  const root = rules.rootType === undefined ? undefined : builtin(rules.rootType);
  const own = root && declaration && membersOf(root)?.byName.get(declaration.name);
  return own !== undefined && declaration !== undefined && own.includes(declaration);
}

function finding(subject: Subject, call: CallFact, { callable, misfit: what }: Judged): CheckFinding {
  const { path, text } = subject;
  const several = callable.ways.length > 1;
  const called = callable.name || call.name;
  if (what.kind === 'missing') {
    const names = several
      ? ''
      : `: ${what.names.map((name) => `\`${name}\``).join(', ')} ${what.names.length === 1 ? 'is' : 'are'} missing`;
    return {
      span: call.nameSpan,
      message: `\`${called}\` is called with too few arguments${names}`,
      fixes: [],
    };
  }
  const drop = (title: string, argument: ArgumentFact) => dropArgument(path, text, call, argument, title);
  if (what.kind === 'too many') {
    const takes = several ? '' : `: it takes ${what.most === 0 ? 'none' : `${what.most}`} by place`;
    return {
      span: what.argument.span,
      message: `\`${called}\` is called with too many arguments${takes}`,
      fixes: [drop('Drop the argument', what.argument)],
    };
  }
  const { argument, keyword } = what;
  const span = { start: argument.span.start, end: argument.span.start + keyword.length };
  if (what.kind === 'given twice') {
    return {
      span,
      message: `\`${called}\` is given \`${keyword}\` twice`,
      fixes: [drop(`Drop \`${keyword}\``, argument)],
    };
  }
  const given = new Set(call.arguments.map((one) => one.keyword));
  const names = callable.ways
    .flat()
    .filter(({ kind, name }) => (kind === 'either' || kind === 'keyword') && !given.has(name))
    .map(({ name }) => name);
  const said = `\`${called}\` takes no argument \`${keyword}\``;
  const renamed = renameTo({ path, span, name: keyword, said, names });
  return { ...renamed, fixes: [...renamed.fixes, drop(`Drop \`${keyword}\``, argument)] };
}
