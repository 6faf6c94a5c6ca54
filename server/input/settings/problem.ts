// What can be wrong with a settings source, as a value that says where, what, and what to do.

/** Where a setting comes from. */
export type Origin =
  | { readonly kind: 'default' }
  | { readonly kind: 'user' | 'project'; readonly path: string }
  | { readonly kind: 'client' };

export interface SettingsProblem {
  readonly kind: 'unreadable' | 'syntax' | 'unknown' | 'invalid' | 'untrusted';
  readonly origin: Origin;
  /** Dotted, as `validation.scope`; absent where the whole source is meant. */
  readonly key?: string;
  /** 1-based; absent where there is no file, or the place cannot be told. */
  readonly line?: number;
  /** What is wrong and what would be right, without the place. */
  readonly message: string;
}

/** A source in a few words: a path, or who said it. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'default':
      return 'default';
    case 'client':
      return "the editor's settings";
    default:
      return origin.path;
  }
}

/** One line: place, then what is wrong. */
export function describeProblem({ origin, line, message }: SettingsProblem): string {
  return `${describeOrigin(origin)}${line === undefined ? '' : `:${line}`}: ${message}`;
}
