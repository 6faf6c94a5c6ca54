// Dotted names as rules write them, made into sets that a resolved name is looked up in.

export interface NameSet {
  /** @param resolved as `createNames` resolves it: `subprocess.run`, `sqlite3.connect().execute`. */
  has(resolved: string): boolean;
}

/** `a.{b,c}` → `a.b`, `a.c`. */
export function expanded(pattern: string): readonly string[] {
  const choice = /\{([^{}]*)\}/.exec(pattern);
  if (!choice) return [pattern];
  return choice[1]!
    .split(',')
    .flatMap((one) =>
      expanded(pattern.slice(0, choice.index) + one + pattern.slice(choice.index + choice[0].length)),
    );
}

export function nameSet(patterns: readonly string[]): NameSet {
  const exact = new Set<string>();
  const methods = new Set<string>();
  const modules = new Set<string>();
  for (const pattern of patterns.flatMap(expanded)) {
    if (pattern.startsWith('*.')) methods.add(pattern.slice(2));
    else if (pattern.endsWith('.*')) modules.add(pattern.slice(0, -2));
    else {
      exact.add(pattern);
      for (const suffix of suffixes(pattern)) exact.add(suffix);
    }
  }
  return {
    has(resolved) {
      if (exact.has(resolved)) return true;
      const dot = resolved.lastIndexOf('.');
      if (dot < 0) return false;
      if (modules.size > 0 && modules.has(resolved.slice(0, dot))) return true;
      if (methods.size === 0) return false;
      for (let at = dot; at > 0; at = resolved.lastIndexOf('.', at - 1)) {
        if (methods.has(resolved.slice(at + 1))) return true;
      }
      return false;
    },
  };
}

/** Ends of a name that still say whose it is (`os.path.join` → `path.join`): a file may import any part of it. */
function suffixes(pattern: string): string[] {
  const found: string[] = [];
  const parts = pattern.split(/[./](?![^()]*\))/);
  for (let from = 1; from < parts.length - 1; from++) found.push(parts.slice(from).join('.'));
  return found;
}

/** The last name of each pattern, by which rules are found; `*` for those that stand for a whole module. */
export const lastNames = (patterns: readonly string[]): readonly string[] => [
  ...new Set(patterns.flatMap(expanded).map((pattern) => pattern.slice(pattern.lastIndexOf('.') + 1))),
];
