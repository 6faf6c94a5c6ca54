// Where in a query a piece stands: a value can be a parameter, the name of a table or column cannot.
import { atLeast, type Hole, isClean, isHole, type Level, type Value } from './value.ts';

/** Words after which a name of the database stands; quotes and what belongs to the name may be between. */
const beforeName =
  /\b(?:from|into|update|table|join|index|view|database|schema|exists|column|by|on|as|select|distinct|add|drop|truncate|use|describe|trigger|function|procedure|sequence|columns|tables|pragma|collate|engine|charset|asc|desc|only|references)\s*\(?\s*["'`[]?[\w.]*$|[.`[]$/i;

/** Texts that say that a value begins here. */
const beforeValue =
  /(?:[=<>'"%]|\b(?:like|limit|offset|between|and|then|else|ilike|match)|\b(?:values|in)\s*\([^)]*[(,])\s*["'(%]*$/i;

/** The first piece that stands where a value does and could be anything. */
export function valueHole(value: Value, cwe: number, least: Level): Hole | undefined {
  let before = '';
  for (const part of value) {
    if (!isHole(part)) {
      before = (before + part.constant).slice(-200);
      continue;
    }
    const isName = beforeName.test(before) && !/=\s*['"]?$/.test(before);
    if (!isName && beforeValue.test(before) && atLeast(part.level, least) && !isClean(part, cwe)) return part;
    before += 'x';
  }
  return undefined;
}
