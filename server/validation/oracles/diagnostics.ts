// Diagnostics as servers write them, read by a schema: the protocol's own, and those of commands with lines from 1.
import * as z from 'zod/mini';
import { JudgeFailure } from './failure.ts';
import type { Range } from './positions.ts';

export interface Diagnostic {
  readonly range: Range;
  readonly severity: 'error' | 'warning' | 'advice';
  readonly code?: string;
  readonly message: string;
}

const count = z.number().check(z.nonnegative());
const position = z.object({ line: count, character: count });
const range = z.object({ start: position, end: position });
const code = z.optional(z.nullable(z.union([z.string(), z.number()])));

const standard = z.object({
  range,
  severity: z.optional(z.nullable(z.number())),
  code,
  message: z.string(),
});

const place = z.object({ line: count, offset: count });
/** What tsserver answers, which its language servers hand through. */
const handedThrough = z.object({
  start: place,
  end: place,
  text: z.string(),
  code,
  category: z.optional(z.string()),
});

const severities = ['error', 'error', 'warning'] as const;

/**
 * @param limit how many are looked at.
 * @throws JudgeFailure when they have another form.
 */
export function readDiagnostics(value: unknown, limit: number): Diagnostic[] {
  if (!Array.isArray(value)) throw new JudgeFailure('sent diagnostics of an unknown form');
  return value.slice(0, limit).map(readDiagnostic);
}

function readDiagnostic(value: unknown): Diagnostic {
  const usual = standard.safeParse(value);
  if (usual.success) {
    const { severity, code, ...rest } = usual.data;
    return { ...rest, severity: severities[severity ?? 1] ?? 'advice', ...codeOf(code) };
  }
  const other = handedThrough.safeParse(value);
  if (!other.success) throw new JudgeFailure('sent diagnostics of an unknown form');
  const { start, end, text, category, code } = other.data;
  return {
    range: { start: fromOne(start), end: fromOne(end) },
    severity: category === 'error' || category === 'warning' ? category : 'advice',
    message: text,
    ...codeOf(code),
  };
}

const fromOne = ({ line, offset }: z.infer<typeof place>): { line: number; character: number } => ({
  line: Math.max(0, line - 1),
  character: Math.max(0, offset - 1),
});

const codeOf = (code: string | number | null | undefined): { code?: string } =>
  code === undefined || code === null || code === '' ? {} : { code: String(code) };

/** What a server answers to `textDocument/diagnostic`. Some leave `kind` empty. What is unchanged is never asked for. */
const pulled = z.object({ items: z.nullable(z.array(z.unknown())) });

export function readPulled(value: unknown, limit: number): Diagnostic[] {
  const parsed = pulled.safeParse(value);
  if (!parsed.success) throw new JudgeFailure('answered with something else than diagnostics');
  return readDiagnostics(parsed.data.items ?? [], limit);
}

const publication = z.object({
  uri: z.string(),
  version: z.optional(z.nullable(z.number())),
  diagnostics: z.unknown(),
});

export interface Publication {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: unknown;
}

/** `undefined` for a notification of another form. */
export function readPublication(value: unknown): Publication | undefined {
  const parsed = publication.safeParse(value);
  if (!parsed.success) return undefined;
  const { uri, version, diagnostics } = parsed.data;
  return { uri, diagnostics, ...(typeof version === 'number' && { version }) };
}
