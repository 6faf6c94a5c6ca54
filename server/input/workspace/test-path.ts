// Whether a file is test code, by the conventions of test runners for the names of files and folders.

const testPath =
  /(?:^|[\\/])(?:tests?|__tests__|specs?|testing|fixtures?|testdata)[\\/]|(?:^|[\\/])(?:test_|conftest\.)|[._-](?:test|spec)s?\.|[a-z]Test\./;

/** @param path relative to the workspace, so that where the workspace itself lies does not count. */
export const isTestPath = (path: string): boolean => testPath.test(path);
