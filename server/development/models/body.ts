// Bytes of an untrusted HTTP answer, bounded in size and looked at before they are believed.

/** What an answer turns out to be by its first bytes: the content type is often wrong. */
export type BodyKind = 'stream' | 'json' | 'html' | 'empty' | 'unknown';

export interface Body {
  readonly kind: BodyKind;
  /** The whole body, from its first byte. Can be read once. */
  readonly bytes: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Whether `data: [DONE]` has gone by: the only certain sign that a stream was not cut. */
  readonly sawEnd: () => boolean;
}

/** Thrown into the stream that goes over its limit. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

const done = '[DONE]';

/**
 * Reads until the first byte that is not white space, and hands on everything.
 * @param limit bytes after which the stream fails with `TooLarge`.
 */
export async function inspectBody(response: Response, limit: number): Promise<Body> {
  const empty: Body = {
    kind: 'empty',
    bytes: new ReadableStream({ start: (c) => c.close() }),
    sawEnd: () => false,
  };
  if (!response.body) return empty;
  const reader = response.body.getReader();
  const first: Uint8Array<ArrayBuffer>[] = [];
  let start = '';
  while (start.trim() === '') {
    const { done: ended, value } = await reader.read();
    if (ended) return empty;
    first.push(value);
    start += latin1(value);
    if (start.length > limit) throw new TooLarge(`more than ${limit} bytes`);
  }
  let read = 0;
  let tail = '';
  const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const value = first.shift() ?? (await reader.read()).value;
      if (!value) return controller.close();
      read += value.length;
      if (read > limit) {
        await reader.cancel();
        return controller.error(new TooLarge(`more than ${limit} bytes`));
      }
      tail = (tail + latin1(value.subarray(-16))).slice(-16);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { kind: kindOf(start), bytes, sawEnd: () => tail.trimEnd().endsWith(done) };
}

/** The text of a body; `undefined` when it is longer than `limit` bytes. */
export async function readBounded(response: Response, limit: number): Promise<string | undefined> {
  try {
    const { bytes } = await inspectBody(response, limit);
    return await new Response(bytes).text();
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

function kindOf(start: string): BodyKind {
  const text = start.replace(/^\xEF\xBB\xBF/, '').trimStart();
  if (text.startsWith('<')) return 'html';
  if (/^[{[]/.test(text)) return 'json';
  return /^(data|event|id|retry)?:/.test(text) ? 'stream' : 'unknown';
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
