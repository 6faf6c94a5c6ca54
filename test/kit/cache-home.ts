// A cache folder for one run of all tests, removed at its end.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from './remove-folder.ts';

export const cacheHome = join(tmpdir(), `vouch-tests-${process.pid}`);

export default (): (() => void) => () => removeFolder(cacheHome);
