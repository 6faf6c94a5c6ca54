// What is run; the words are core's, since the parser's room makes it.
export type { ExecutionUnit, UnitParameter } from '../../core/execution-unit.ts';
