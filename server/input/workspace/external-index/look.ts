// Whether a team's index answers, and what it has of a checkout's project: for `vouch doctor`.
import type { Run } from '../../../core/run.ts';
import { checkoutAt, type IndexAddress, shownAddress } from './address.ts';
import { connect } from './connection.ts';
import { connectMs } from './limits.ts';
import { questionsTo } from './questions.ts';

export interface IndexLook {
  readonly project: string;
  readonly files: number;
  readonly symbols: number;
  /** Without user and password. */
  readonly address: string;
}

/** @throws the driver's error: no server there, no right to read, or no tables since nobody has filled it. */
export async function lookAtIndex(run: Run, address: IndexAddress, folder: string): Promise<IndexLook> {
  const connection = await connect(address, connectMs);
  try {
    const checkout = await checkoutAt(run, folder);
    const { files, symbols } = await questionsTo(connection, checkout).counts();
    return { project: checkout.project, files, symbols, address: shownAddress(address) };
  } finally {
    await connection.close();
  }
}
