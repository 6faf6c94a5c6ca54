// Completion: the same line as a task with one attempt. The embedded engine answers at once; a model's answer is
// streamed, stopped early, checked, and kept while what is typed agrees with it.
import { isFault } from '../core/finding.ts';
import { Cancelled, limitRun, type Run } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { CompletionCandidate } from '../core/task.ts';
import type { Word } from '../development/models/embedded/index.ts';
import { evidenceOf } from '../validation/evidence.ts';
import type { CandidateQuestion, Judgement } from './analysis/analysis.ts';
import type { Engine } from './engine.ts';
import { merge } from './merge.ts';
import type { ModelCompletions } from './model-completions.ts';
import type { ModelTrust } from './model-trust.ts';
import type { Workshop } from './propose.ts';
import type { CompletionAnswer, CompletionQuestion } from './workbench.ts';

/**
 * How long a suggestion that came by itself may wait for the model while the engine has something to show, in
 * milliseconds: longer than this and the menu feels stuck. What comes later serves the next keystroke.
 */
const patience = { automatic: 250, invoked: 10_000 } as const;

/**
 * How long the engine waits to be told which names and members can be used, in milliseconds. After an edit a file of usual
 * size is parsed within that; without it the engine guesses names a little worse.
 */
const namesPatience = 20;

/** Alternatives of the engine that are checked and offered. */
const alternatives = { automatic: 3, invoked: 6 } as const;

/** Words that the half-typed one may become; more than these are found sooner by typing on. */
const wordAlternatives = 5;

/** A single word is a smaller promise than a line, and stands behind one that is equally likely. */
const wordWeight = 0.5;

/** A word less likely than this among all that begin so is noise in a menu. */
const minimumProbability = 0.02;

/** Code units: no name that people write is longer. */
const maximumWord = 100;

export interface CompletionWorkshop extends Workshop {
  readonly engine: Engine;
  readonly models: ModelCompletions;
  readonly trust: ModelTrust;
}

/** Never throws for a failing model: `models` has told the user why. */
export async function complete(
  run: Run,
  workshop: CompletionWorkshop,
  snapshot: Snapshot,
  question: CompletionQuestion,
): Promise<CompletionAnswer> {
  const { engine } = workshop.settings.completion;
  const none: CompletionAnswer = { version: snapshot.version, candidates: [], incomplete: false };
  if (engine === 'off') return none;
  // Both begin at once; what the model needs is made ready while the engine answers.
  const asked = engine === 'embedded' ? undefined : askModel(run, workshop, snapshot, question);
  asked?.catch(() => undefined); // Looked at below, unless the engine's part ends the request first.
  const embedded = engine === 'model' ? [] : await embeddedCandidates(run, workshop, snapshot, question);
  const hurried = embedded.length > 0 && !question.invoked;
  const fromModel = asked
    ? await within(run, asked, hurried ? patience.automatic : patience.invoked, 'pending' as const)
    : [];
  const answers = fromModel === 'pending' ? [] : fromModel;
  workshop.trust.offered(snapshot.uri, answers[0]);
  return {
    version: snapshot.version,
    candidates: merge(answers, embedded, workshop.trust.confidence()),
    incomplete: fromModel === 'pending' || embedded.length > 0,
  };
}

async function askModel(
  run: Run,
  workshop: CompletionWorkshop,
  snapshot: Snapshot,
  question: CompletionQuestion,
): Promise<readonly CompletionCandidate[]> {
  const mayLeave = await workshop.analysis.mayLeave(run, snapshot.path);
  return mayLeave ? workshop.models.ask(run, workshop, snapshot, question) : [];
}

async function embeddedCandidates(
  run: Run,
  workshop: CompletionWorkshop,
  snapshot: Snapshot,
  { offset, invoked, multiline }: CompletionQuestion,
): Promise<CompletionCandidate[]> {
  const at = { uri: snapshot.uri, version: snapshot.version };
  const { analysis } = workshop;
  // Names first: they are quick, and must not wait for members.
  const [names, members] = await Promise.all([
    within(run, analysis.namesAt(run, at, offset), namesPatience, undefined),
    within(run, analysis.membersAt(run, at, offset), namesPatience, undefined),
  ]);
  const asked = {
    ...at,
    offset,
    multiline,
    names,
    members,
    alternatives: invoked ? alternatives.invoked : alternatives.automatic,
  };
  const [suggestions, words] = await Promise.all([
    workshop.engine.complete(run, asked),
    workshop.engine.words(run, { ...asked, alternatives: wordAlternatives }),
  ]);
  const typed = /[\p{L}\p{N}_$]*$/u.exec(snapshot.text.slice(Math.max(0, offset - maximumWord), offset))![0];
  const texts = [
    ...suggestions,
    ...likelyWords(words, snapshot.text, offset).map(({ text, probability }) => ({
      text: text.slice(typed.length),
      confidence: probability * wordWeight,
    })),
  ];
  const judged = await Promise.all(
    texts.map(async ({ text, confidence }) => {
      const candidate = await judgeCompletion(run, workshop, snapshot, offset, text, {
        source: 'embedded',
        model: 'embedded engine',
      });
      return candidate && { ...candidate, confidence };
    }),
  );
  // A suggestion with a new error is marked down rather than dropped: the name may be about to be written.
  return judged.flatMap((one) => (one ? [markDown(one)] : [])).sort((a, b) => b.confidence - a.confidence);
}

/** None within a word, where only its end could be meant, and none that is a mere guess. */
const likelyWords = (words: readonly Word[], text: string, offset: number): readonly Word[] =>
  /^[\p{L}\p{N}_$]/u.test(text.slice(offset, offset + 2))
    ? []
    : words.filter(({ probability }) => probability >= minimumProbability);

/** Checks one completion text at the offset; `undefined` when polishing left nothing of it. */
export async function judgeCompletion(
  run: Run,
  workshop: Workshop,
  snapshot: Snapshot,
  offset: number,
  text: string,
  origin: { source: CompletionCandidate['source']; model: string },
): Promise<CompletionCandidate | undefined> {
  const started = run.now();
  const question: CandidateQuestion = {
    uri: snapshot.uri,
    version: snapshot.version,
    target: { start: offset, end: offset },
    text,
    mode: 'insert',
    severities: workshop.severities,
  };
  const judgement = await workshop.analysis.judge(run, question);
  tellJudgement(run, origin.model, text, judgement);
  const edit = judgement.edits[0];
  if (!edit || judgement.text === '') return undefined;
  return {
    text: edit.newText,
    replace: edit.span,
    source: origin.source,
    confidence: 0.5,
    additionalEdits: judgement.edits.slice(1),
    evidence: evidenceOf({
      records: judgement.records,
      findings: judgement.findings,
      model: origin.model,
      repairs: 0,
      milliseconds: run.now() - started,
    }),
  };
}

/** Characters of a suggestion that the log shows, enough to know it again. */
const shownInLog = 60;

/** What became of a suggestion, for whoever wonders why it is not there or not first. */
function tellJudgement(
  run: Run,
  model: string,
  text: string,
  { text: left, edits, findings }: Judgement,
): void {
  const [first = ''] = text.trim().split('\n', 1);
  const what = `completion by ${model}, ${JSON.stringify(first.slice(0, shownInLog))}`;
  const faults = findings.filter(isFault).map(({ check, message }) => `${check}: ${message}`);
  if (left === '') run.log('debug', `${what}: dropped, polishing left nothing of it`);
  else if (faults.length > 0) run.log('debug', `${what}: marked down, ${faults.join('; ')}`);
  else if (edits.length > 1) run.log('debug', `${what}: repaired by ${edits.length - 1} further edit(s)`);
}

const markDown = (candidate: CompletionCandidate): CompletionCandidate =>
  candidate.evidence.findings.some(({ severity }) => severity === 'error')
    ? { ...candidate, confidence: candidate.confidence / 4 }
    : candidate;

/** The answer if it comes in time; else what stands for it. The work goes on for the next keystroke. */
async function within<Answer, Late>(
  run: Run,
  answer: Promise<Answer>,
  milliseconds: number,
  late: Late,
): Promise<Answer | Late> {
  using limited = limitRun(run, milliseconds);
  const ended = new Promise<Late>((resolve, reject) => {
    const end = (): void => {
      const { reason } = limited.signal;
      if (reason instanceof Cancelled && reason.reason === 'timeout') resolve(late);
      else reject(reason);
    };
    limited.signal.addEventListener('abort', end);
    if (limited.signal.aborted) end();
  });
  answer.catch(() => undefined); // Where it comes too late, nobody waits for its failure either.
  return Promise.race([answer, ended]);
}
