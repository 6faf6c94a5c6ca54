// Which system calls programs in a namespace may not make: those that reach what namespaces do not part. A filter for the
// kernel, in its own instructions (classic BPF, see "Seccomp BPF" in the kernel's documentation).

/** What differs between processors: how the kernel names them, and the numbers of the calls. */
interface Processor {
  readonly name: number;
  /** Numbers from here on are those of another way to call, which must not be a way around. */
  readonly foreign?: number;
  readonly socket: number;
  readonly denied: Readonly<Record<string, number>>;
}

/** The same on all processors. */
const newer = { io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427 };

const processors: Readonly<Record<string, Processor>> = {
  x64: {
    name: 0xc000003e,
    foreign: 0x40000000,
    socket: 41,
    denied: {
      ...newer,
      // Keys of the user's session.
      add_key: 248,
      request_key: 249,
      keyctl: 250,
      // The log of the kernel.
      syslog: 103,
      // Known for the mistakes that were found in them, and needed by no test.
      perf_event_open: 298,
      bpf: 321,
      userfaultfd: 323,
    }, // prettier-ignore
  },
  arm64: {
    name: 0xc00000b7,
    socket: 198,
    denied: {
      ...newer,
      add_key: 217,
      request_key: 218,
      keyctl: 219,
      syslog: 116,
      perf_event_open: 241,
      bpf: 280,
      userfaultfd: 282,
    }, // prettier-ignore
  },
};

/** Kinds of sockets that stay within a network namespace: local, IPv4, IPv6, and asking which interfaces there are. */
const closedSockets = [1, 2, 10, 16];

const load = (offset: number): Instruction => [0x20, 0, 0, offset];
const isEqual = (value: number, then: number, otherwise: number): Instruction => [
  0x15,
  then,
  otherwise,
  value,
];
const isAtLeast = (value: number, then: number): Instruction => [0x35, then, 0, value];
const answer = (value: number): Instruction => [0x06, 0, 0, value];

/** Code, steps to jump over when it holds and when not, and a value. */
type Instruction = readonly [code: number, then: number, otherwise: number, value: number];

/** Where the kernel puts what is asked: number of the call, kind of processor, lower half of the first argument. */
const at = { number: 0, processor: 4, argument: 16 };
const allow = answer(0x7fff0000);
/** "Operation not permitted". */
const deny = answer(0x00050001);

/** The filter as `bwrap --seccomp` reads it; `undefined` for a processor whose numbers are not known here. */
export function callFilter(architecture: string = process.arch): Buffer | undefined {
  const processor = processors[architecture];
  if (!processor) return undefined;
  const { name, foreign, socket, denied } = processor;
  const numbers = Object.values(denied);
  // Jumps lead to the end, where the last two instructions are the answers: no, then yes.
  const tail: Instruction[] = [
    isEqual(socket, 0, closedSockets.length + 2),
    load(at.argument),
    ...closedSockets.map((kind, index) => isEqual(kind, closedSockets.length - index, 0)),
    deny,
    allow,
  ];
  const checks: Instruction[] = numbers.map((number, index) =>
    isEqual(number, numbers.length - index + closedSockets.length + 1, 0),
  );
  const program: Instruction[] = [
    load(at.processor),
    isEqual(name, 1, 0),
    deny,
    load(at.number),
    ...(foreign === undefined ? [] : [isAtLeast(foreign, checks.length + closedSockets.length + 2)]),
    ...checks,
    ...tail,
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, then, otherwise, value]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(then, index * 8 + 2);
    bytes.writeUInt8(otherwise, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  }
  return bytes;
}
