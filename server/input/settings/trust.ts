// Which folders the user trusts, and where programs may be started: two decisions, since a folder whose settings may
// choose the endpoint is not thereby one whose tests may run.
import { folderRecords } from './folder-records.ts';

const trusted = folderRecords('trusted');

/** Lets the settings file of the folder, and of folders below it, do what otherwise only the user's own may. */
export const trustFolder = trusted.add;
export const untrustFolder = trusted.remove;
export const isTrusted = trusted.covers;

/** Folders in which `validation.run: ask` was answered with yes, and those with never. */
export const runAllowed = folderRecords('run-allowed');
export const runRefused = folderRecords('run-refused');
