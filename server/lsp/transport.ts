// The pipe to the editor: standard streams, the IPC channel of a Node parent, or a socket that the editor listens on.
import { Console } from 'node:console';
import { connect } from 'node:net';
import {
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

export type TransportChoice =
  | { readonly kind: 'stdio' }
  | { readonly kind: 'node-ipc' }
  /** A port of this machine, or the path of a pipe. */
  | { readonly kind: 'socket'; readonly address: number | string };

/** The choice among a command line's parameters; `undefined` when there is none, or a port that is no number. */
export function chooseTransport(parameters: readonly string[]): TransportChoice | undefined {
  for (const [index, parameter] of parameters.entries()) {
    if (parameter === '--stdio') return { kind: 'stdio' };
    if (parameter === '--node-ipc') return { kind: 'node-ipc' };
    const [name, inline] = parameter.split(/=(.*)/s, 2);
    const value = inline ?? parameters[index + 1];
    if (name === '--socket') {
      const port = Number(value);
      return Number.isInteger(port) && port > 0 && port < 65_536
        ? { kind: 'socket', address: port }
        : undefined;
    }
    if (name === '--pipe') return value ? { kind: 'socket', address: value } : undefined;
  }
  return undefined;
}

/**
 * Opens the pipe.
 * @throws an error of the socket that cannot be reached.
 */
export async function openTransport(choice: TransportChoice): Promise<Transport> {
  switch (choice.kind) {
    case 'stdio':
      // The stream is the protocol's: whatever a library prints goes beside it.
      globalThis.console = new Console(process.stderr, process.stderr);
      return {
        reader: new StreamMessageReader(process.stdin),
        writer: new StreamMessageWriter(process.stdout),
      };
    case 'node-ipc':
      return { reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) };
    case 'socket': {
      const { address } = choice;
      const socket = typeof address === 'number' ? connect(address, '127.0.0.1') : connect(address);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      });
      return { reader: new StreamMessageReader(socket), writer: new StreamMessageWriter(socket) };
    }
  }
}
