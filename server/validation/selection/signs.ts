// Signs in a function's text that it is not what was asked for, told without running it.

import type { ExecutionUnit } from '../../core/execution-unit.ts';
import type { Language } from '../../core/language.ts';
import type { Sign } from './facts.ts';

/**
 * @param text the function's body, or all of it, as it would be put in.
 * @returns nothing for a language whose rules are not known.
 */
export function signsIn(language: Language, unit: ExecutionUnit, text: string): readonly Sign[] {
  const rules = language.execution?.signs;
  if (!rules) return [];
  const code = text.replace(new RegExp(rules.silent, 'gmu'), '');
  const signs: Sign[] = [];
  const has = (pattern: string): boolean => new RegExp(pattern, 'mu').test(code);
  const body = code.trim();
  if (
    language.placeholders.some((pattern) => new RegExp(pattern, 'u').test(body)) ||
    new RegExp(rules.unfinished, 'mu').test(text)
  ) {
    signs.push('placeholder');
  }
  const returns = has(rules.returns);
  if (!returns && !has(rules.works)) signs.push('no-return');
  const unused = unit.parameters.some(
    ({ name, kind }) =>
      !name.startsWith('_') && kind !== 'rest' && kind !== 'keyword-rest' && !mentions(body, name, unit.name),
  );
  if (unused) signs.push('unused-parameter');
  if (returns && isConstant(code, rules)) signs.push('constant');
  return signs;
}

/** Behind the signature, where the text has one. */
function mentions(code: string, name: string, unit: string): boolean {
  const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const signature = new RegExp(`^.*\\b${escaped(unit)}\\s*\\([^\\n]*$`, 'mu').exec(code);
  const isFirst = signature !== null && code.slice(0, signature.index).trim() === '';
  const body = isFirst ? code.slice(signature.index + signature[0].length) : code;
  return new RegExp(`(?<![\\p{ID_Continue}$.])${escaped(name)}(?![\\p{ID_Continue}$])`, 'u').test(body);
}

/** All that it gives back is one literal. */
function isConstant(code: string, rules: NonNullable<Language['execution']>['signs']): boolean {
  const constants = new Set(
    [...code.matchAll(new RegExp(rules.constant, 'gmu'))].map((match) => match[1] ?? ''),
  );
  const all = [...code.matchAll(new RegExp(rules.returns, 'gmu'))].length;
  const constant = [...code.matchAll(new RegExp(rules.constant, 'gmu'))].length;
  return constants.size === 1 && all === constant;
}
