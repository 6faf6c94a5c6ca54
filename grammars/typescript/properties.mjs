// What holds whatever the right answer is, at inputs that fast-check makes of a function's written types. The harness loads this file
// where a question asks for it: {"kind": "property", "property", "name", "back", "parameters", "returns", "strict"}, in which
// types are code, made of `execution.json`. An answer is `passed`, or `failed` with the smallest call that fast-check found and
// what came of it, or `unclear` where no inputs can be made.
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Letters that every code for texts can carry: whether one must carry more is nowhere said. */
const plain = {
  string: (fc) =>
    fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 1, maxLength: 12 }),
  integer: (fc) => fc.integer({ min: 1, max: 100 }),
};

const deepest = 8;
const mostShown = 100;

/** @param library folder that fast-check is installed in. */
export function createProperties(
  { library, examples, defects, allowed },
  { canonical, told, kindsOf, isThrown, seconds },
) {
  // Its `main` is for imports; by its name it is found as what can be required.
  const fc = createRequire(join(library, 'x.js'))('fast-check');
  const tool = `fast-check ${fc.__version}`;
  const code = (text, ...names) => new Function(...names, `return (${text});`);
  const shown = (value) => {
    const text = fc.stringify(value);
    return text.length > 300 ? `${text.slice(0, 300)}…` : text;
  };

  /** Calls with copies of values: what comes back, as text that is equal for equal ones, and what became of the copies. */
  async function call(called, values) {
    const given = structuredClone(values);
    try {
      const value = await called(...given);
      return { value, text: canonical(value), given };
    } catch (error) {
      return { error, text: `raises ${told(error)}`, given };
    }
  }

  const isDefect = ({ filled }, text, values) => {
    const passed = kindsIn(values);
    return defects.some(
      ({ text: pattern, without = [] }) =>
        new RegExp(pattern, 'u').test(text) &&
        !without.some((kind) => passed.has(kind)) &&
        !(filled && without.length > 0),
    );
  };

  const tests = {
    async errors({ called }, values, question) {
      const { error, text } = await call(called, values);
      if (error === undefined || isThrown(error)) return undefined;
      if (kindsOf(error).some((name) => allowed.includes(name))) return undefined;
      return isDefect(question, text.slice('raises '.length), values) ? text : undefined;
    },
    async type({ called, fits }, values, question) {
      const { error, value } = await call(called, values);
      if (error !== undefined || fits(value)) return undefined;
      // What is nowhere is nothing: whether there must be something is for the caller to know who asks for it.
      if (value === undefined && !isDefect(question, 'undefined', values)) return undefined;
      return `gives ${shown(value)}, which is no \`${question.returns.written}\``;
    },
    async steady({ called }, values) {
      const { text: first } = await call(called, values);
      const { text: second } = await call(called, values);
      return first === second ? undefined : both(first, 'and then', second);
    },
    async unchanged({ called }, values, { parameters, strict }) {
      const { error, value, given } = await call(called, values);
      if (error !== undefined) return undefined;
      const at = given.findIndex((one, index) => {
        // One that gives back nothing, or what it was given, or something else altogether may be there to change it.
        const meant = !isAlike(value, one) || given.includes(value);
        return canonical(one) !== canonical(values[index]) && (strict || !meant);
      });
      return at < 0 ? undefined : `changes its argument \`${parameters[at].name}\` to ${shown(given[at])}`;
    },
    async idempotent({ called }, values) {
      const { error, value, text: once } = await call(called, values);
      if (error !== undefined) return undefined;
      const { text: twice } = await call(called, [value, ...values.slice(1)]);
      return once === twice ? undefined : both(once, 'and of that', twice);
    },
    async 'round-trip'({ called, back }, [value]) {
      const there = await call(called, [value]);
      if (there.error !== undefined) return undefined;
      const { error, text, value: result } = await call(back, [there.value]);
      if (text === canonical(value)) return undefined;
      return error === undefined ? `gives ${shown(result)}` : text;
    },
  };

  /** @param evaluate gives the value of code within the candidate. */
  return async (question, evaluate) => {
    const { property, name, back, parameters, returns } = question;
    const unclear = (why) => ({ kind: 'unclear', why });
    const subject = {
      called: evaluate(name),
      ...(returns && { fits: code(`(value) => ${returns.fits}`)() }),
      ...(back && { back: evaluate(back) }),
    };
    if (typeof subject.called !== 'function') return unclear('it is not there');
    if (back && (subject.called.length !== 1 || subject.back.length !== 1))
      return unclear("they take more than each other's result");
    const known = property === 'round-trip' ? plainOf(fc) : fc;
    const made = parameters.map(({ makes, optional }) => {
      const maker = code(makes, 'fc')(known);
      return optional ? fc.option(maker, { nil: undefined }) : maker;
    });
    const test = (values) => tests[property](subject, values, question);
    const found = await fc.check(
      fc.asyncProperty(fc.tuple(...made), async (values) => (await test(values)) === undefined),
      { seed: 1, numRuns: examples, interruptAfterTimeLimit: seconds * 1000 },
    );
    if (!found.failed) return { kind: 'passed', tool };
    const [values] = found.counterexample ?? [];
    const told = values && (await test(values));
    if (!told) return unclear('it does not do the same each time');
    const used = values.slice(0, values.findLastIndex((one) => one !== undefined) + 1);
    const written = `${name}(${used.map(shown).join(', ')})`;
    return { kind: 'failed', actual: told, call: back ? `${back}(${written})` : written, tool };
  };
}

/** The library with other texts and numbers. */
const plainOf = (fc) => ({ ...fc, string: () => plain.string(fc), integer: () => plain.integer(fc) });

const both = (first, between, second) =>
  first.length + second.length <= mostShown
    ? `gives ${first}, ${between} ${second}`
    : `gives something else the second time`;

const isAlike = (one, other) =>
  typeof one === 'object' && one !== null && Object.getPrototypeOf(one) === Object.getPrototypeOf(other);

/** What was passed that may be a wrong index, count or key. */
function kindsIn(value, depth = 0) {
  if (typeof value === 'number' || typeof value === 'bigint') return new Set(['number']);
  if (typeof value === 'string') return new Set(value === '' ? [] : ['text']);
  if (typeof value !== 'object' || value === null || depth > deepest) return new Set();
  const isList = Array.isArray(value) || value instanceof Set;
  const parts = value instanceof Map ? [...value].flat() : isList ? [...value] : Object.entries(value).flat();
  return new Set([...(isList ? [] : ['map']), ...parts.flatMap((one) => [...kindsIn(one, depth + 1)])]);
}
