// What a closed sandbox shows of the machine and lets be asked of its kernel, seen by a program in it.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import type { Outcome } from '../../../server/validation/sandbox/sandbox.ts';

const run = detachedRun(() => undefined);
const sandbox = await findSandbox(() => undefined, ['bubblewrap']).catch(() => undefined);

async function runIn(program: string, ...parameters: string[]): Promise<Outcome> {
  await using place = await sandbox!.open(run, {});
  return await place.execute(run, { program, parameters });
}
const script = (text: string): Promise<Outcome> => runIn('sh', '-c', text);
const hasPython = sandbox !== undefined && (await runIn('python3', '--version')).code === 0;

describe.runIf(sandbox)('a closed sandbox', () => {
  it('shows an empty home and no other folder at the top than the system’s and its own', async () => {
    const { output } = await script('cd; pwd; ls -A; echo; ls /');
    const [home, ...names] = output.trim().split(/\s+/);
    expect(home).toBe('/tmp/home');
    const usual = [
      'bin',
      'dev',
      'etc',
      'gnu',
      'lib',
      'lib32',
      'lib64',
      'libx32',
      'nix',
      'proc',
      'sbin',
      'tmp',
      'usr',
      'workplace',
    ];
    expect(names.filter((name) => !usual.includes(name))).toEqual([]);
  });

  it('has no passwords and no keys in /etc', async () => {
    const { output } = await script('ls -A /etc /etc/ssl; cat /etc/passwd');
    expect(output).not.toMatch(/^(shadow|gshadow|sudoers|ssh|private|krb5\.keytab)$/m);
    expect(output.match(/^.*:x:.*$/gm)).toHaveLength(1);
  });

  it('can be written to only where it is the program’s own', async () => {
    const folders = ['/', '/usr', '/etc', '/dev', '/usr/bin'];
    const { output } = await script(
      folders.map((folder) => `touch ${folder}/new && echo ${folder}`).join('; '),
    );
    expect(output).toBe('');
  });

  it('cannot change the kernel’s settings, also where vouch runs as root', async () => {
    // What would be written is what is there.
    const { output, code } = await script(
      'value=$(cat /proc/sys/vm/swappiness) && echo read; (echo "$value" > /proc/sys/vm/swappiness) 2>/dev/null && echo written',
    );
    expect(output).toBe('read\n');
    expect(code).not.toBe(0);
  });

  it('sees its own processes only', async () => {
    const { output } = await script('for one in /proc/[0-9]*; do echo $one; done');
    expect(output.trim().split('\n').length).toBeLessThan(
      readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length,
    );
    expect(output.trim().split('\n').length).toBeLessThanOrEqual(4);
  });

  it('has no network interface but its own loopback', async () => {
    const { output } = await script('cat /proc/net/dev');
    expect(
      output
        .match(/^\s*\w+:/gm)
        ?.map((name) => name.trim())
        .filter((name) => name !== 'lo:'),
    ).toEqual([]);
  });

  it('gives no rights, not even in a namespace of the program’s own', async () => {
    const { output, code } = await script(
      'grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status; unshare --user true',
    );
    expect(output.split(/\s+/).slice(0, 4)).toEqual(['CapEff:', '0000000000000000', 'NoNewPrivs:', '1']);
    expect(code).not.toBe(0);
  });

  it.runIf(hasPython && process.arch === 'x64')(
    'refuses calls that reach what namespaces do not part',
    async () => {
      const { output } = await runIn(
        'python3',
        '-c',
        `
import ctypes, socket
calls = {'keyctl': 250, 'syslog': 103, 'bpf': 321, 'io_uring_setup': 425, 'other way of calling': 0x40000000 + 39}
system = ctypes.CDLL(None, use_errno=True)
for name, number in calls.items():
    if system.syscall(number, 0, 0, 0, 0) == -1 and ctypes.get_errno() == 1: print(name)
for kind in [1, 2, 10, 16, 17, 31, 38, 40]:
    try: socket.socket(kind, socket.SOCK_DGRAM)
    except PermissionError: print('socket', kind)
    except OSError: pass
`,
      );
      expect(output.trim().split('\n')).toEqual([
        'keyctl',
        'syslog',
        'bpf',
        'io_uring_setup',
        'other way of calling',
        'socket 17',
        'socket 31',
        'socket 38',
        'socket 40',
      ]);
    },
  );
});
