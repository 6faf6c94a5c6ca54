// The shape of a feature: what the server says it can, and the handlers behind it.
import type { ServerCapabilities } from 'vscode-languageserver';
import type { Client } from '../client.ts';
import type { Session } from '../session.ts';

export interface Feature {
  /** The protocol's method, for the log and for readers. */
  readonly method: string;
  /** What is said at initialize; a feature that this client has no use for says nothing. */
  readonly capabilities?: (client: Client) => ServerCapabilities;
  /** Registers the handlers. Called while initialize is answered, before any other message is looked at. */
  readonly attach: (session: Session) => void;
  /** What can only be done after the client said that it is initialized: dynamic registration, first questions. */
  readonly initialized?: (session: Session) => Promise<void>;
}
