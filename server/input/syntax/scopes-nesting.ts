// In which scope something at a place of the sweep is evaluated, and in which a name is bound: the stack of scopes and
// regions that have not ended yet.
import type { Scope } from './scopes.ts';

/** Where the sweep stands: a scope or region that has not ended yet. */
export interface Open {
  readonly end: number;
  readonly scope?: Scope;
  readonly region?: 'outer' | 'doubtful' | 'hoist';
}

/** The scope in which something at the top of the stack is evaluated: an `outer` region passes over the scope it lies in. */
export function scopeAt(open: readonly Open[]): Scope {
  let outer = false;
  for (let at = open.length - 1; at >= 0; at--) {
    const { scope, region } = open[at]!;
    if (region === 'outer') outer = true;
    else if (scope) {
      if (!outer || !scope.parent) return scope;
      return scope.parent;
    }
  }
  return open[0]!.scope!;
}

export function scopeFor(open: readonly Open[], file: Scope, kind: string, where: string | undefined): Scope {
  if (where === 'global') return file;
  if (where === 'header') {
    const innermost = open.findLast(({ scope }) => scope)!.scope!;
    return innermost.parent ?? innermost;
  }
  let scope = body(scopeAt(open));
  if (where === 'outer' || where === 'outer-function') scope = around(scope);
  if (where === 'function' || where === 'outer-function' || (kind === 'variable' && hoisted(open))) {
    while (scope.kind === 'block' || scope.kind === 'comprehension') scope = around(scope);
  }
  if (where === 'block') while (scope.kind !== 'block' && scope.kind !== 'file') scope = around(scope);
  return scope.kind === 'global' ? file : scope;
}

/** Whether a `hoist` region is open in the innermost scope. */
function hoisted(open: readonly Open[]): boolean {
  for (let at = open.length - 1; at >= 0 && !open[at]!.scope; at--)
    if (open[at]!.region === 'hoist') return true;
  return false;
}

/** Nothing but type parameters is bound in a header. */
export const body = (scope: Scope): Scope => (scope.kind === 'header' ? body(scope.parent!) : scope);
const around = (scope: Scope): Scope => (scope.parent ? body(scope.parent) : scope);
