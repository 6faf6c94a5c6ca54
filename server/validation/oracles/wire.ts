// JSON-RPC with a program that is not trusted: what it sends is measured before it is kept or read.
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { OracleLimits } from './limits.ts';
import type { Program } from './program.ts';

export interface Wire {
  readonly connection: MessageConnection;
  /** What it did that ends the conversation. Never resolves for one that behaves, and never rejects. */
  readonly broken: Promise<string>;
  /** A new question: it may send as much again. */
  allow(): void;
}

/** Characters of a message's header; two short lines are usual. */
const maximumHeader = 1_000;

export function openWire(program: Program, limits: OracleLimits): Wire {
  let fail: (reason: string) => void = () => undefined;
  const broken = new Promise<string>((resolve) => {
    fail = (reason) => {
      program.output.destroy();
      resolve(reason);
    };
  });
  const meter = createMeter(limits, fail);
  // Before the reader, which would keep whatever it is given until a message is whole.
  program.output.on('data', meter.measure);
  const reader = new StreamMessageReader(program.output);
  const writer = new StreamMessageWriter(program.input);
  const connection = createMessageConnection(
    reader,
    writer,
    // Messages of no known form: the question that they should have answered runs into its limit.
    { error: () => undefined, warn: () => undefined, info: () => undefined, log: () => undefined },
  );
  reader.onError(({ message }) => fail(`speaks no JSON-RPC: ${message}`));
  // What cannot be written has nobody to read it: the end of the program says why.
  writer.onError(program.kill);
  connection.listen();
  return { connection, broken, allow: meter.allow };
}

function createMeter(
  limits: OracleLimits,
  fail: (reason: string) => void,
): { measure(chunk: Buffer): void; allow(): void } {
  let left = limits.traffic;
  let header = '';
  let body = 0;
  let failed = false;
  const end = (reason: string): void => {
    failed = true;
    fail(reason);
  };

  const readHeader = (chunk: Buffer, from: number): number => {
    const had = header.length;
    header += chunk.toString('latin1', from, from + maximumHeader);
    const close = header.indexOf('\r\n\r\n');
    if (close < 0) {
      if (header.length >= maximumHeader) end('speaks no JSON-RPC: a message without a header');
      return chunk.length;
    }
    const length = /^content-length: *(\d+)$/im.exec(header.slice(0, close))?.[1];
    header = '';
    if (length === undefined) end('speaks no JSON-RPC: a header without a length');
    else if (Number(length) > limits.message) end(`sent a message of ${length} bytes`);
    else body = Number(length);
    return from + close + 4 - had;
  };

  return {
    allow() {
      left = limits.traffic;
    },
    measure(chunk) {
      left -= chunk.length;
      if (left < 0 && !failed) end(`sent more than ${limits.traffic} bytes without being asked`);
      for (let at = 0; at < chunk.length && !failed; ) {
        if (body === 0) at = readHeader(chunk, at);
        const step = Math.min(body, chunk.length - at);
        body -= step;
        at += step;
      }
    },
  };
}
