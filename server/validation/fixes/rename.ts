// "Did you mean": what is said of a name that is not there, and the edit to the nearest that is.
import type { Span } from '../../core/span.ts';
import type { CheckFinding } from '../check.ts';
import { type Nearest, nearest } from './nearest.ts';

export interface Misnamed {
  readonly path: string;
  readonly span: Span;
  readonly name: string;
  /** What is wrong, without a full stop. */
  readonly said: string;
  /** Those that could have been meant. */
  readonly names: Iterable<string>;
  /** The one that was meant, where that is known otherwise. */
  readonly meant?: string | Nearest | undefined;
}

/** A finding that names what was meant and offers to put it there, where anything is near. */
export function renameTo({ path, span, name, said, names, meant }: Misnamed): CheckFinding {
  const near = typeof meant === 'string' ? { name: meant, certain: true } : (meant ?? nearest(name, names));
  if (!near) return { span, message: said, fixes: [] };
  return {
    span,
    message: `${said}; did you mean \`${near.name}\`?`,
    fixes: [
      {
        title: `Change to \`${near.name}\``,
        certain: near.certain,
        edits: [{ path, edits: [{ span, newText: near.name }] }],
      },
    ],
  };
}
