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
/** Those of them where that yes was given to a question which said that nothing closes in what runs. */
export const openRunAllowed = folderRecords('open-run-allowed');
export const runRefused = folderRecords('run-refused');

/**
 * Records a yes.
 * @param isOpen whether it is one for code that nothing closes in, too.
 */
export async function allowRuns(folder: string, isOpen: boolean): Promise<void> {
  await runAllowed.add(folder);
  if (isOpen) await openRunAllowed.add(folder);
}

/** Takes the folder's own yes back, whatever it was for. */
export async function disallowRuns(folder: string): Promise<void> {
  await openRunAllowed.remove(folder);
  await runAllowed.remove(folder);
}
