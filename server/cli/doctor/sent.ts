// What left this machine last: to which endpoint, for which role, with text of which files.
import { readSentRequests, type SentRequest } from '../../input/settings/index.ts';
import { plural } from '../check/pretty.ts';
import type { Row } from './row.ts';

/** Requests that are shown; more are kept. */
const shown = 8;
/** Files named of one request. */
const maximumFiles = 6;

/** @param now milliseconds since 1970. */
export async function lookAtSentRequests(now: number): Promise<Row[]> {
  const requests = await readSentRequests(shown);
  if (requests.length === 0) return [{ state: 'fact', text: 'nothing was sent to a model so far' }];
  return requests.map((request) => ({ state: 'fact', text: describe(request, now) }));
}

function describe(
  { at, endpoint, role, model, files, tokens, redactions }: SentRequest,
  now: number,
): string {
  const named = files.slice(0, maximumFiles).join(', ');
  const more = files.length > maximumFiles ? ` and ${files.length - maximumFiles} more` : '';
  const secrets = Object.entries(redactions).map(([kind, count]) => `${count} × ${kind}`);
  return [
    `${agoOf(now - at)}, ${role}: ${model} at ${endpoint}`,
    `about ${plural(tokens, 'token')} of ${named === '' ? 'no file' : named}${more}`,
    secrets.length === 0 ? 'nothing redacted' : `redacted: ${secrets.join(', ')}`,
  ].join('; ');
}

function agoOf(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${plural(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${plural(hours, 'hour')} ago` : `${plural(Math.floor(hours / 24), 'day')} ago`;
}
