import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../apps/cli/src/up/ports.ts';

const run = promisify(execFile);
/** Debian's openssh-server. */
export const sshd = '/usr/sbin/sshd';

/** An SSH server of the tests' own, through which Docker's command there reaches the engine. */
export type SshServer = {
  port: number;
  user: string;
  fingerprint: string;
  /** Let in. */
  key: string;
  /** A good one that is not. */
  strangerKey: string;
  /** A key that is let in where Docker's command cannot be used. */
  powerlessKey: string;
  stop(): Promise<void>;
};

/** Starts one in the folder. */
export async function startSshServer(folder: string, socket: string): Promise<SshServer> {
  const at = (name: string) => join(folder, name);
  const names = ['host', 'client', 'stranger', 'powerless'];
  for (const name of names) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', at(name)]);
  await writeFile(
    at('authorized_keys'),
    `${await readFile(at('client.pub'), 'utf8')}command="docker -H unix:///nowhere/docker.sock system dial-stdio" ${await readFile(at('powerless.pub'), 'utf8')}`,
  );
  const port = (await freePort(0)) ?? 0;
  const { username } = userInfo();
  const config = `Port ${port}
ListenAddress 127.0.0.1
HostKey ${at('host')}
PidFile ${at('sshd.pid')}
AuthorizedKeysFile ${at('authorized_keys')}
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
SetEnv DOCKER_HOST=unix://${socket}
`;
  await writeFile(at('sshd_config'), config);
  // Where it goes to be without rights; Debian makes it when its service starts.
  await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const server = spawn(sshd, ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  // Its first words are that it listens.
  await once(server.stderr, 'data');
  const { stdout } = await run('ssh-keygen', ['-lf', at('host.pub')]);
  const [key = '', strangerKey = '', powerlessKey = ''] = await Promise.all(
    ['client', 'stranger', 'powerless'].map((name) => readFile(at(name), 'utf8')),
  );
  return {
    port,
    user: username,
    fingerprint: stdout.split(' ')[1] ?? '',
    key,
    strangerKey,
    powerlessKey,
    async stop() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}
