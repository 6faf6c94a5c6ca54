// Why a choice is as it is, in short sentences for the user.
import type { CandidateFacts, Choice, Conduct, Sign } from './facts.ts';
import type { Standing } from './standing.ts';

const signWords: Readonly<Record<Sign, string>> = {
  placeholder: 'it says that it is not finished',
  'no-return': 'it gives nothing back and changes nothing',
  'unused-parameter': 'it does not use all of its parameters',
  constant: 'it gives the same back whatever it is given',
};

const conductWords: Readonly<Record<Conduct, string>> = {
  slow: 'it does not end in time where others do',
  'letter-case': 'it gives back letters of the case that its comment does not ask for',
};

export function reasonsFor(
  candidate: CandidateFacts,
  { passed, failed, conduct }: Standing,
  { same, of }: Choice['agreement'],
): readonly string[] {
  const { signs, unloadable, projectTests, examples } = candidate;
  const reasons: string[] = [];
  if (unloadable !== undefined) reasons.push(`its file cannot be loaded: ${unloadable}`);
  if (failed > 0)
    reasons.push(`${failed} of ${count(passed + failed, 'example')} fail${failed === 1 ? 's' : ''}`);
  if (projectTests && projectTests.failed > 0) {
    reasons.push(
      `${projectTests.failed} of ${count(projectTests.passed + projectTests.failed, 'test')} fail`,
    );
  }
  reasons.push(...findingReasons(candidate));
  for (const sign of signs) reasons.push(signWords[sign]);
  for (const one of conduct) reasons.push(conductWords[one]);
  if (failed === 0 && passed > 0)
    reasons.push(passed === 1 ? 'its example passes' : `all ${passed} examples pass`);
  if (projectTests && projectTests.failed === 0 && projectTests.passed > 0) {
    reasons.push(projectTests.passed === 1 ? 'its test passes' : `all ${projectTests.passed} tests pass`);
  }
  if (of > 1) reasons.push(`${same} of ${of} candidates do the same`);
  if (passed + failed === 0 && examples.length > 0) reasons.push('no example could be run');
  return reasons;
}

const findingReasons = ({ faults, judged, broken = 0 }: CandidateFacts): readonly string[] =>
  Object.entries({ checks: faults, judges: judged, properties: broken }).flatMap(([who, findings]) =>
    findings > 0 ? [`${who} have ${count(findings, 'finding')}`] : [],
  );

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;
