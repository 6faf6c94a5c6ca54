// What generated code can be tried by here: language servers, compilers, a sandbox, and whether they may be started.
import type { Workbench } from '../../orchestration/workbench.ts';
import type { Row } from './row.ts';

/** None that is missing is an error: vouch works without, and says in the evidence what was not asked. */
export async function lookAtTrialTools(workbench: Workbench, folder: string): Promise<Row[]> {
  const { judges, interpreters, sandbox, refusal } = await workbench.trialTools(folder);
  const found = judges.filter(({ program }) => program !== undefined);
  const missing = judges.filter(({ program }) => program === undefined);
  const rows = found.map(
    ({ name, version, kind, languages, program, needs }): Row => ({
      state: 'good',
      text: `${name}${version === undefined ? '' : ` ${version}`}, a ${kind === 'server' ? 'language server' : 'compiler'} for ${languages.join(', ')} (${program}${needs === undefined ? '' : `; needs ${needs}`})`,
    }),
  );
  const absent: Row = {
    state: 'missing',
    text: `not installed: ${missing.map(({ name }) => name).join(', ')}`,
    advice: 'install those of your languages: generated code is shown to them before it is offered',
  };
  const place: Row = sandbox
    ? {
        state: sandbox.isolation === 'closed' ? 'good' : 'missing',
        text: `${sandbox.name}: examples and tests run ${sandbox.isolation === 'closed' ? 'closed in' : 'with limits only, not closed in'}`,
        ...(sandbox.isolation === 'closed' ? {} : { advice: 'install bubblewrap to have them closed in' }),
      }
    : {
        state: 'missing',
        text: 'no way to run examples and tests works on this machine',
        advice: 'install bubblewrap; the log (VOUCH_DEBUG=1) says what was tried',
      };
  const names = (installed: boolean): string =>
    interpreters.flatMap((one) => (one.installed === installed ? [one.package] : [])).join(' ');
  const embedded: readonly Row[] = [
    ...(names(true) === ''
      ? []
      : [
          {
            state: 'good' as const,
            text: `${names(true)}: examples run in WebAssembly where nothing else closes them in`,
          },
        ]),
    ...(names(false) === '' || sandbox?.isolation === 'closed'
      ? []
      : [
          {
            state: 'missing' as const,
            text: `not installed: ${names(false)}`,
            advice: `npm install -g ${names(false)}, to have examples of files that stand alone run in WebAssembly`,
          },
        ]),
  ];
  const may: Row =
    refusal === undefined
      ? { state: 'good', text: 'they may be started in this folder' }
      : { state: 'missing', text: `they are not started in this folder: ${refusal}` };
  return [...rows, ...(missing.length > 0 ? [absent] : []), place, ...embedded, may];
}
