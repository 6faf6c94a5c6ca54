// Parameters and results of which the documentation says too little or the wrong thing.
import type { ParameterFact } from '../../core/facts.ts';
import type { Fix } from '../../core/finding.ts';
import { type Span, span } from '../../core/span.ts';
import { documentParameter } from '../fixes/document-parameter.ts';
import { nearest } from '../fixes/nearest.ts';
import { isNothing } from './literal-types.ts';
import type { Documented, Rule } from './subject.ts';

/** Parameters that nobody explains: unused ones by convention, and all that is left over. */
const needsNoWords = ({ name, kind }: ParameterFact): boolean =>
  name.startsWith('_') || kind === 'rest' || kind === 'keyword-rest';

/** A parameter that is documented and does not exist; what was meant, where that is clear. */
export const parametersExist: Rule = ({ documentation, parameters, complete, subject, symbol }) => {
  // All that is left over may be documented by name.
  const open = parameters.some(({ kind }) => kind === 'rest' || kind === 'keyword-rest');
  if (!complete || open) return [];
  // An underscore in front tells linters that it is not used, and readers nothing.
  const names = parameters.flatMap(({ name }) => [name, name.replace(/^_+/, ''), `_${name}`]);
  const described = new Set(documentation.parameters.map(({ name }) => name));
  const strangers = documentation.parameters.filter(({ name }) => !names.includes(name));
  // Where nothing that is documented exists, the list is about something else.
  if (strangers.length === documentation.parameters.length && strangers.length > 1) return [];
  const free = parameters.filter(({ name }) => !described.has(name));
  return strangers.map(({ name, span: where }) => {
    // At the same place in a list as long as theirs, all others by their names: that one was renamed.
    const at = documentation.parameters.findIndex((one) => one.name === name);
    const renamed = documentation.parameters.length === parameters.length && strangers.length === 1;
    const only = renamed && parameters[at] === free[0] ? free[0]?.name : undefined;
    const near = nearest(
      name,
      free.map((one) => one.name),
    );
    const meant = near?.name ?? only;
    const fixes: Fix[] =
      meant === undefined
        ? []
        : [
            {
              title: `Write \`${meant}\` instead of \`${name}\``,
              edits: [{ path: subject.path, edits: [{ span: where, newText: meant }] }],
              certain: near?.certain === true,
            },
          ];
    return {
      span: where,
      message: `\`${name}\` is documented, but is no parameter of \`${symbol.name}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`}`,
      fixes,
    };
  });
};

/** Of what is still to be written: a parameter that nothing is said of. */
export const parametersAreMentioned: Rule = (documented) => {
  const { documentation, parameters, complete, stub, subject, symbol } = documented;
  if (!stub || !complete || documentation.prose === '') return [];
  const described = new Set(documentation.parameters.map(({ name }) => name));
  const listed = described.size > 0;
  // Prose about a function of one parameter is about that.
  if (!listed && parameters.length < 2) return [];
  const said = documentation.lines.map(({ text }) => text).join('\n');
  return parameters.flatMap((parameter) => {
    if (needsNoWords(parameter) || described.has(parameter.name) || mentions(said, parameter.name)) return [];
    const fix = documentParameter(documented, parameter);
    return [
      {
        span: nameIn(parameter, subject.text),
        message: `Nothing is said of \`${parameter.name}\` in what \`${symbol.name}\` is to do`,
        fixes: fix
          ? [
              {
                title: `Describe \`${parameter.name}\``,
                edits: [{ path: subject.path, edits: [fix] }],
                certain: false,
              },
            ]
          : [],
      },
    ];
  });
};

/** A parameter's name, without the type and default that its declaration has. */
function nameIn({ span: whole, name }: ParameterFact, text: string): Span {
  const at = text
    .slice(whole.start, whole.end)
    .search(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`));
  return at < 0 ? whole : span(whole.start + at, whole.start + at + name.length);
}

/** Letters of a word by which its forms are recognised: `count`, `counts`, `counting`. */
const stemLength = 4;

/** Whether a text has the name, or a word of it in any form. */
function mentions(text: string, name: string): boolean {
  const lower = text.toLowerCase();
  if (new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'i').test(text)) return true;
  const words = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return words.some(
    (word) =>
      word.length >= stemLength && new RegExp(`\\b${word.slice(0, stemLength).toLowerCase()}`).test(lower),
  );
}

/** A result is described, and the signature says that there is none. */
export const resultExists: Rule = ({ documentation, returns, symbol }) => {
  if (returns === undefined || !isNothing(returns)) return [];
  const { returns: described, lines } = documentation;
  const message = `The documentation describes a result, but \`${symbol.name}\` is declared to return nothing (\`${returns}\`)`;
  if (described) {
    const none =
      /^\W*(?:None|null|nothing|void|undefined|\(\)|Promise<void>|Promise<undefined>|NoReturn|never|no\b|n\/a|-)/i;
    return described.text === '' ||
      none.test(described.text) ||
      /\b(?:None|void|nothing)\b/.test(described.text)
      ? []
      : [{ span: described.span, message, fixes: [] }];
  }
  const first = lines.find(({ text }) => text.trim() !== '');
  const says = first && /^\s*Returns? (?:the|an?|whether|true|false|how|all)\b/i.exec(first.text);
  return says ? [{ span: lineSpan(first), message, fixes: [] }] : [];
};

const lineSpan = ({ text, start }: { text: string; start: number }): Span =>
  span(start + (text.length - text.trimStart().length), start + text.length);

/** Words that leave open what is asked for. Only those that can mean nothing else. */
const vague =
  /\bTB[DA]\b|\?{3,}|\bto be (?:decided|determined|defined|specified)\b|\bshould (?:probably|maybe|perhaps)\b|\bor (?:something|whatever)(?: like that)?\b|\bsomehow\b|\band so (?:on|forth)\b|\betc\b\.?/gi;

export const wordsArePrecise: Rule = ({ documentation, stub }: Documented) => {
  if (!stub) return [];
  return documentation.lines.flatMap(({ text, start }) =>
    [...text.matchAll(vague)].map(({ 0: words, index }) => ({
      span: span(start + index, start + index + words.length),
      message: `“${words}” leaves open what is to be written`,
      fixes: [],
    })),
  );
};
