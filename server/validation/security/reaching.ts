// Which definitions a use of a name may see.
import type { ParameterFact, SymbolFact } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Code } from './code.ts';
import type { Definition } from './definitions.ts';
import { maxDefinitions, maxPassed } from './limits.ts';

/** What a target may hold at a place: back to the last definition that none of the others can leave aside. */
export function reaching(code: Code, target: string, at: number): readonly Definition[] {
  const all = code.definitionsOf(target);
  if (all.length === 0) return [];
  const around = code.functionsAt(at);
  for (const scope of [...around, undefined]) {
    const found = reachingIn(code, all, scope, at, scope === around[0]);
    if (found.length > 0) return found;
    if (scope?.parameters?.some(({ name }) => name === target)) return [];
  }
  return [];
}

/** @param isOwn whether the use is in this very function: elsewhere in the file, all of its definitions may have run. */
function reachingIn(
  code: Code,
  all: readonly Definition[],
  scope: SymbolFact | undefined,
  at: number,
  isOwn: boolean,
): readonly Definition[] {
  const found: Definition[] = [];
  let passed = 0;
  for (let index = all.length - 1; index >= 0 && found.length < maxDefinitions; index--) {
    const one = all[index]!;
    if (scope && one.span.start < scope.span.start) break;
    if (code.functionsAt(one.span.start)[0] !== scope) continue;
    if (!isBefore(one, at) && (isOwn || scope !== undefined)) continue;
    if (one.values.length === 0 && one.kind === 'assign') continue;
    found.push(one);
    if (++passed > maxPassed || (one.kind !== 'augment' && isOwn && alwaysRuns(code, one.span, at))) break;
  }
  return found.reverse();
}

/** A loop and a block have their names from their beginning on. */
const isBefore = ({ kind, span, values }: Definition, at: number): boolean =>
  kind === 'each' || kind === 'with'
    ? span.start <= at && !values.some(({ start, end }) => start <= at && at < end)
    : span.end <= at;

/** Whether whoever comes to `at` has come through `span`: no line between is indented less than it. */
function alwaysRuns(code: Code, span: Span, at: number): boolean {
  const nextLine = code.text.indexOf('\n', span.end);
  if (nextLine < 0 || nextLine >= at) return true;
  return code.leastIndentation(nextLine + 1, at) >= code.leastIndentation(span.start, span.start);
}

export function parameterAt(
  code: Code,
  name: string,
  at: number,
): { readonly fact: ParameterFact; readonly owner: SymbolFact } | undefined {
  for (const owner of code.functionsAt(at)) {
    const fact = owner.parameters?.find((one) => one.name === name);
    if (fact) return { fact, owner };
  }
  return undefined;
}
