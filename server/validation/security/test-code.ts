// Whether a file is a test: those attack, lie and switch off on purpose.

const testPath =
  /(?:^|[\\/])(?:tests?|__tests__|specs?|testing|testdata|e2e|benches)[\\/](?:[^\\/]+[\\/]){0,4}[^\\/]+$|(?:^|[\\/._-])(?:tests?|spec|conftest)(?:[._-][^\\/]*)?\.\w+$|Tests?\.\w+$/;

const testText =
  /\b(?:import|from|require\(|use)\s*\(?["']?(?:pytest|unittest|node:test|vitest|jest|mocha|chai|assert|testing|org\.junit|ava|tap)\b|"testing"|\b(?:describe|it|test)\(\s*["'`]|#\[(?:tokio::)?test\]|@Test\b|\bdef test_\w+|\bself\.assert\w+\(/;

/** Both the place and the text must say that it is one, except where the place leaves no doubt. */
export const isTest = (path: string, text: string): boolean =>
  /[\\/]src[\\/]test[\\/]/.test(path) || (testPath.test(path) && testText.test(text));
