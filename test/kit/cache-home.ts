// A cache folder for one run of all tests, removed at its end.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const cacheHome = join(tmpdir(), `vouch-tests-${process.pid}`);

export default (): (() => void) => () => rmSync(cacheHome, { recursive: true, force: true });
