// What the embedded engine costs, apart from what it answers: reading a repository, following an edit, bytes of memory, and
// a question at once after all that. Times are of this machine as it is; calls are not.
import {
  type CompletionRequest,
  createEmbeddedEngine,
  type EmbeddedEngine,
} from '../../server/development/models/embedded/index.ts';

export interface Speed {
  readonly files: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly megabytes: number;
  /** Megabytes a second of processor time, until questions are answered from all of it, and until all is sorted. */
  readonly answersMBs: number;
  readonly sortedMBs: number;
  /** Memory by the engine's own account, for each byte of source. */
  readonly bytesPerByte: number;
  /** Milliseconds of processor time from a key in the middle of a file of 100 KB to the next question's first token. */
  readonly editToFresh: number;
  /** Milliseconds that a start from saved bytes takes, the first answer included. */
  readonly restart: number;
}

const editedLength = 100_000;
const edits = 40;

export function speedOf(files: ReadonlyMap<string, string>): Speed {
  const engine = createEmbeddedEngine();
  const reading = busy();
  for (const [path, text] of files) engine.learn(path, text);
  while (engine.stats().waiting > 0) engine.work(50);
  const answers = reading();
  while (engine.work(1000));
  const sorted = reading();
  const { files: learned, leftOut, length, memory } = engine.stats();
  const longest = [...files.values()].join('\n').slice(0, editedLength);
  return {
    files: learned,
    leftOut,
    megabytes: length / 1e6,
    answersMBs: length / 1e3 / answers,
    sortedMBs: length / 1e3 / sorted,
    bytesPerByte: memory / length,
    editToFresh: editToFresh(engine, longest),
    restart: restart(engine.save(''), longest),
  };
}

/** The engine is asked for words, which is one prediction, after each of some keys. */
function editToFresh(engine: EmbeddedEngine, text: string): number {
  const middle = text.lastIndexOf('\n', text.length >> 1);
  const key = (count: number): CompletionRequest => {
    const typed = '\nx'.repeat(count);
    return {
      path: 'edited',
      text: text.slice(0, middle) + typed + text.slice(middle),
      offset: middle + typed.length,
    };
  };
  engine.words(key(1));
  const typing = busy();
  for (let count = 2; count <= edits; count++) engine.words(key(count));
  return typing() / (edits - 1);
}

function restart(bytes: Uint8Array, text: string): number {
  const engine = createEmbeddedEngine();
  const starting = busy();
  engine.restore(bytes);
  engine.complete({ path: 'edited', text, offset: text.length, threshold: 0 });
  return starting();
}

/** Milliseconds of processor time since then: other programs do not lengthen it. */
function busy(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
