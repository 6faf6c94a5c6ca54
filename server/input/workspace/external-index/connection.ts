// The one importer of PostgreSQL's client, which is loaded when a team's index is configured and not before.
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { IndexAddress } from './address.ts';
import { connectMs, farewellMs, maximumConnections } from './limits.ts';

export interface Connection {
  /**
   * Rows as the driver reads them, to be checked by the caller.
   * @throws the driver's error.
   */
  query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** Several statements on one connection, all or none. */
  transaction(work: (query: Connection['query']) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** @param statementMs milliseconds after which the server, and then the client, gives a statement up. */
export async function connect(
  { url, passwordEnv }: IndexAddress,
  statementMs: number,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Connection> {
  const password = passwordEnv === undefined ? undefined : environment[passwordEnv];
  const { default: postgres } = await import('pg');
  const sockets = new Set<Socket>();
  const pool: Pool = new postgres.Pool({
    connectionString: password === undefined ? url : withPassword(url, password),
    application_name: 'vouch',
    max: maximumConnections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    // The server's own limit comes first, so that it stops working on what nobody waits for.
    query_timeout: statementMs + 50,
    allowExitOnIdle: true,
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
  });
  // Of a connection that breaks while nobody uses it; the next question finds out by itself.
  pool.on('error', () => undefined);
  return {
    async query(text, values = []) {
      return (await pool.query(text, [...values])).rows;
    },
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await work(async (text, values = []) => (await client.query(text, [...values])).rows);
        await client.query('COMMIT');
        client.release();
      } catch (error) {
        // A connection in the middle of a transaction is of no further use.
        client.release(true);
        throw error;
      }
    },
    async close() {
      // One that was refused would stay open until the server gives it up, which takes a minute.
      await Promise.race([pool.end(), pause(farewellMs)]);
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What the client reads off the address counts before all other options, an absent password too. */
const withPassword = (url: string, password: string): string =>
  url.replace(
    /^(\w+:\/\/)(?:([^/?#@]*)@)?/,
    (_, scheme: string, user = '') => `${scheme}${user}:${encodeURIComponent(password)}@`,
  );
