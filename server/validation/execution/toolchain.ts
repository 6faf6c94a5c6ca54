// Which program runs a language: the project's own environment first, else the user's.
import { dirname } from 'node:path';
import type { ExecutionRules } from '../../core/execution-rules.ts';
import type { ExecutionUnit } from '../../core/execution-unit.ts';
import { findProgram } from '../sandbox/programs.ts';

export interface Toolchain {
  /** Absolute path. */
  readonly program: string;
  /** Folders that it reads besides the system's own. */
  readonly readable: readonly string[];
}

/** The first of the language's programs that is there. */
export async function findToolchain(
  rules: ExecutionRules,
  unit: ExecutionUnit,
): Promise<Toolchain | undefined> {
  for (const program of rules.programs) {
    if (program.startsWith('{root}') && unit.root === undefined) continue;
    const found = await findProgram(
      program.replace('{root}', unit.root ?? ''),
      unit.root ?? dirname(unit.path),
    );
    if (found) return { program: found.path, readable: found.needs };
  }
  return undefined;
}
