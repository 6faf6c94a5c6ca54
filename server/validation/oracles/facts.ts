// What a server knows of the expression that ends at a place: its type and signatures, its members, where it is defined.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { JudgeFailure } from './failure.ts';
import type { JudgeFact } from './judge.ts';
import type { SourceFile } from './overlay.ts';
import { placesIn } from './positions.ts';
import type { LanguageServer } from './server.ts';

/** Members that are told: more would crowd a prompt. */
const maximumMembers = 60;
/** Members whose signatures are asked for one by one, where the list has only names. */
const maximumResolved = 30;
/** Characters of one fact. */
const maximumCharacters = 300;
/** Bytes of a file that a definition is looked up in. */
const maximumFile = 2 * 1024 ** 2;
/** What `CompletionItemKind` says of members: method, function, constructor, field, variable, property, enum member, constant. */
const memberKinds = new Set([2, 3, 4, 5, 6, 10, 20, 21]);

const markup = z.union([
  z.string(),
  z.object({ value: z.string() }),
  z.array(z.union([z.string(), z.object({ value: z.string() })])),
]);
const hover = z.nullable(z.object({ contents: markup }));
const signatureHelp = z.nullable(z.object({ signatures: z.array(z.object({ label: z.string() })) }));
const position = z.object({ line: z.number(), character: z.number() });
const location = z.object({ uri: z.string(), range: z.object({ start: position, end: position }) });
const definition = z.nullable(z.union([location, z.array(location)]));
const item = z.looseObject({
  label: z.string(),
  kind: z.optional(z.number()),
  detail: z.optional(z.nullable(z.string())),
  sortText: z.optional(z.nullable(z.string())),
  labelDetails: z.optional(
    z.nullable(
      z.object({
        detail: z.optional(z.nullable(z.string())),
        description: z.optional(z.nullable(z.string())),
      }),
    ),
  ),
});
type Item = z.infer<typeof item>;
const completion = z.nullable(z.union([z.array(item), z.object({ items: z.array(item) })]));

/**
 * @param files the one that is asked about, and others that are not as they are on disk.
 * @param offset the end of the expression in the first file's text.
 * @param member what stands between a value and its member.
 * @throws the abort reason, JudgeFailure when the server is gone.
 */
export async function factsAt(
  server: LanguageServer,
  signal: AbortSignal,
  files: readonly [SourceFile, ...SourceFile[]],
  offset: number,
  member: string,
): Promise<readonly JudgeFact[]> {
  const { capabilities } = server;
  const ask = (provider: unknown, method: string, at: number, text: string): Promise<unknown> =>
    provider
      ? answerOf(server, signal, method, { position: placesIn(text).positionAt(at) })
      : Promise.resolve(null);

  const [file, ...others] = files;
  await server.show(files);
  const last = Math.max(0, offset - 1);
  const [shown, defined] = await Promise.all([
    ask(capabilities.hoverProvider, 'textDocument/hover', last, file.text),
    ask(capabilities.definitionProvider, 'textDocument/definition', last, file.text),
  ]);
  // Asked as if the next key had been typed: a call, then a member. The file itself stays as it is.
  const withText = async (inserted: string): Promise<string> => {
    const text = file.text.slice(0, offset) + inserted + file.text.slice(offset);
    await server.show([{ ...file, text }, ...others]);
    return text;
  };
  const called = await withText('(');
  const signatures = await ask(
    capabilities.signatureHelpProvider,
    'textDocument/signatureHelp',
    offset + 1,
    called,
  );
  const reached = await withText(member);
  const members = await ask(
    capabilities.completionProvider,
    'textDocument/completion',
    offset + member.length,
    reached,
  );
  const texts = [...hoverTexts(shown), ...signatureTexts(signatures)];
  return [
    ...[...new Set(texts)].map((text): JudgeFact => ({ kind: 'signature', text })),
    ...(await definitionsOf(defined, file)),
    ...(await membersOf(server, signal, members)),
  ];
}

/** An answer that is an error says no more than none. */
async function answerOf(
  server: LanguageServer,
  signal: AbortSignal,
  method: string,
  params: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  try {
    return await server.ask(signal, method, params);
  } catch (error) {
    if (error instanceof JudgeFailure && error.message.startsWith('answered ')) return null;
    throw error;
  }
}

function hoverTexts(value: unknown): readonly string[] {
  const parsed = hover.safeParse(value);
  if (!parsed.success || parsed.data === null) return [];
  const { contents } = parsed.data;
  const parts = (Array.isArray(contents) ? contents : [contents]).map((part) =>
    typeof part === 'string' ? part : part.value,
  );
  // The code of it comes first, in a fence or as a paragraph; prose follows.
  const [code] = parts.map(
    (part) => /```[^\n]*\n([\s\S]*?)```/.exec(part)?.[1] ?? part.split(/\n\s*\n|\n---/)[0]!,
  );
  const text = short(code ?? '');
  return text === '' ? [] : [text];
}

function signatureTexts(value: unknown): readonly string[] {
  const parsed = signatureHelp.safeParse(value);
  return parsed.success && parsed.data
    ? parsed.data.signatures.slice(0, 8).map(({ label }) => short(label))
    : [];
}

async function definitionsOf(value: unknown, file: SourceFile): Promise<readonly JudgeFact[]> {
  const parsed = definition.safeParse(value);
  if (!parsed.success || parsed.data === null) return [];
  const [first] = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  if (!first?.uri.startsWith('file:')) return [];
  const path = fileURLToPath(first.uri);
  const text = path === file.path ? file.text : await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined || text.length > maximumFile) return [];
  const places = placesIn(text);
  const span = places.spanOf(first.range);
  return [{ kind: 'definition', text: short(places.lineOf(span.start)), place: { path, span } }];
}

async function membersOf(
  server: LanguageServer,
  signal: AbortSignal,
  value: unknown,
): Promise<readonly JudgeFact[]> {
  const parsed = completion.safeParse(value);
  if (!parsed.success || parsed.data === null) return [];
  const all = Array.isArray(parsed.data) ? parsed.data : parsed.data.items;
  const items = all
    .filter(({ kind }) => kind === undefined || memberKinds.has(kind))
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .slice(0, maximumMembers);
  const resolves = server.capabilities.completionProvider?.resolveProvider === true;
  const full = await Promise.all(
    items.map((each, index) =>
      resolves && !isTold(each) && index < maximumResolved ? resolved(server, signal, each) : each,
    ),
  );
  return full.map((each) => ({ kind: 'member', text: memberText(each) }));
}

const isTold = ({ detail, labelDetails }: Item): boolean => Boolean(detail || labelDetails?.detail);

async function resolved(server: LanguageServer, signal: AbortSignal, given: Item): Promise<Item> {
  const parsed = item.safeParse(await answerOf(server, signal, 'completionItem/resolve', given));
  return parsed.success ? parsed.data : given;
}

const documented = z.object({ documentation: z.union([z.string(), z.object({ value: z.string() })]) });

function memberText(given: Item): string {
  const { label, detail, labelDetails } = given;
  const said = detail ?? `${labelDetails?.detail ?? ''} ${labelDetails?.description ?? ''}`.trim();
  if (said !== '') return short(said.includes(label) ? said : `${label} ${said}`);
  // Some write the signature at the head of the documentation.
  const parsed = documented.safeParse(given);
  if (!parsed.success) return label;
  const { documentation } = parsed.data;
  const text = typeof documentation === 'string' ? documentation : documentation.value;
  const head = (/```[^\n]*\n([\s\S]*?)```/.exec(text)?.[1] ?? text).trim().split('\n', 1)[0]!;
  return head.includes(label) ? short(head) : label;
}

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > maximumCharacters ? `${line.slice(0, maximumCharacters)}…` : line;
};
