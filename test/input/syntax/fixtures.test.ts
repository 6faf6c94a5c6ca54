// What is read of each language: test/fixtures/syntax/*.txt hold a source text and, after it, its facts, one a line.
// With UPDATE_FIXTURES=1 the facts are written anew; read the difference before keeping it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ArgumentFact, MemberFact, ParameterFact, SymbolFact } from '../../../server/core/facts.ts';
import type { Span } from '../../../server/core/span.ts';
import { createSyntax, type ParsedFile, type Syntax } from '../../../server/input/syntax/index.ts';
import { parseArchive, takeCursor } from '../../kit/archive.ts';

const folder = new URL('../../fixtures/syntax/', import.meta.url);
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.txt'));

/** Where `scripts/install-native.sh` puts the native library; grammars are found from there too. */
const nativeFolder = fileURLToPath(new URL('../../../node_modules/.native', import.meta.url));

describe.each(['wasm', 'native'] as const)('what is read of a file by the %s engine', (engine) => {
  const installed = engine === 'wasm' || existsSync(nativeFolder);
  let syntax: Syntax;
  beforeAll(async () => {
    syntax = await createSyntax({
      log: (_, message) => {
        throw new Error(message);
      },
      ...(engine === 'native' && { native: nativeFolder }),
    });
  });

  it.skipIf(!installed).each(fixtures)('%s', async (fixture) => {
    const path = new URL(fixture, folder);
    const source = readFileSync(path, 'utf8');
    const { comment, parts } = parseArchive(source);
    const { name, text: marked } = parts[0]!;
    const language = syntax.languageFor(name)!;
    expect(await syntax.load(language.id)).toBe(true);
    if (language.grammar.native) expect(syntax.loaded()[language.id]).toBe(engine);
    const { text, offset } = takeCursor(marked);
    const file = syntax.parse(language.id, text)!;
    const shown = `${comment}-- ${name} --\n${marked}${show(file, marked.includes('$0') ? offset : undefined)}`;
    file.release();
    if (process.env.UPDATE_FIXTURES) writeFileSync(path, shown);
    else expect(shown).toBe(source);
  });
});

type Shown = (span: Span) => string;

const showParameter = ({ name, kind, optional, type }: ParameterFact, at: Shown): string =>
  `${kind} ${name}${optional ? '?' : ''}${type ? `: ${at(type)}` : ''}`;

/** As it is written, with `keyword=>value` and `...value` where vouch knows it to be such. */
const showArgument = ({ value, keyword, spread }: ArgumentFact, at: Shown): string =>
  `${spread ? '...' : ''}${keyword === undefined ? '' : `${keyword}=>`}${at(value)}`;

const showMember = ({ receiver, name, access, doubtful }: MemberFact, at: Shown): string =>
  `${access} ${at(receiver)} . ${name}${doubtful ? ', doubtful' : ''}`;

function show(file: ParsedFile, cursor: number | undefined): string {
  const { text, facts } = file;
  const at = ({ start, end }: Span): string => text.slice(start, end).trim().replace(/\s+/g, ' ');
  const depth = ({ container }: SymbolFact): number =>
    container === undefined ? 0 : 1 + depth(facts.symbols[container]!);
  const sections: Record<string, readonly string[]> = {
    symbols: facts.symbols.map((symbol) =>
      [
        `${'  '.repeat(depth(symbol))}${symbol.kind} ${symbol.name}: ${at(symbol.signature)}`,
        ...(symbol.body ? [`{${at(symbol.body)}}`] : []),
        ...(symbol.doc ? [`<- ${at(symbol.doc)}`] : []),
      ].join(' '),
    ),
    details: facts.symbols.flatMap((symbol) => {
      const { parameters, returns, type, value, bases, modifiers } = symbol;
      const said = [
        ...(modifiers.length > 0 ? [`[${modifiers.join(' ')}]`] : []),
        ...(parameters ? [`(${parameters.map((one) => showParameter(one, at)).join(', ')})`] : []),
        ...(returns ? [`-> ${at(returns)}`] : []),
        ...(type ? [`: ${at(type)}`] : []),
        ...(value ? [`= ${at(value)}`] : []),
        ...(bases ? [`< ${bases.map(at).join(' | ')}`] : []),
      ];
      return said.length > 0 ? [`${symbol.name} ${said.join(' ')}`] : [];
    }),
    imports: facts.imports.map((one) =>
      [
        one.module,
        ...one.names.map(({ name, local }) => (name === local ? name : `${name} as ${local}`)),
        ...(one.namespace === undefined ? [] : [`namespace ${one.namespace}`]),
        ...(['wildcard', 'optional', 'typeOnly'] as const).filter((flag) => one[flag]),
      ].join(', '),
    ),
    calls: facts.calls.map(
      ({ receiver, name, arguments: given }) =>
        `${receiver ? `${at(receiver)} . ` : ''}${name}(${given.map((one) => showArgument(one, at)).join(' | ')})`,
    ),
    exports: facts.exports.map(({ name, local, module, typeOnly }) =>
      [
        local === undefined || local === name ? name : `${local} as ${name}`,
        ...(local === undefined ? ['no local name'] : []),
        ...(module === undefined ? [] : [`from ${module}`]),
        ...(typeOnly ? ['typeOnly'] : []),
      ].join(', '),
    ),
    members: facts.members.map((member) => showMember(member, at)),
    assignments: facts.assignments.map(
      ({ kind, target, name, type, value }) =>
        `${kind} ${name ?? `<${at(target)}>`}${type ? `: ${at(type)}` : ''}${value ? ` = ${at(value)}` : ''}`,
    ),
    references: [facts.references.map(({ name }) => name).join(' ')].filter((names) => names !== ''),
    comments: facts.comments.map(({ doc, span }) => (doc ? `doc ${at(span)}` : at(span))),
    strings: facts.strings.map(at),
    errors: facts.errors.map(({ kind, expected, span }) => `${kind} ${expected ?? at(span)}`),
    unresolved: facts.unresolved.map(({ name, doubtful }) => (doubtful ? `${name}, doubtful` : name)),
    'top level': facts.topLevel.map(({ kind, name }) => `${kind} ${name}`),
    ...(cursor !== undefined && {
      'place of the cursor': [file.placeAt(cursor)],
      'visible at the cursor': file.visibleNames(cursor).map(({ kind, name }) => `${kind} ${name}`),
      'blocks at the cursor': file.blocksAt(cursor).map(({ span, body }) => `${at(span)} -> ${at(body)}`),
    }),
  };
  return Object.entries(sections)
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => `-- ${name} --\n${lines.join('\n')}\n`)
    .join('');
}
