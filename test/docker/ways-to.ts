import type { Connection } from '../../targets/docker/src/settings.ts';
import type { EngineElsewhere } from './engine-elsewhere.ts';
import { type SshServer, startSshServer } from './ssh-server.ts';

/** Both ways to an engine of another machine, as far as it can tell. */
export type Ways = { [Via in 'tls' | 'ssh']: Extract<Connection, { via: Via }> };

/** Starts an SSH server beside the engine, and signs a certificate for TLS. */
export async function waysTo(elsewhere: EngineElsewhere): Promise<{ ways: Ways; ssh: SshServer }> {
  const { authority, folder, port, socket } = elsewhere;
  const { certificate, key } = await authority.sign('clawster', 'DNS:clawster');
  const ssh = await startSshServer(folder, socket);
  const { port: sshPort, user, fingerprint, key: sshKey } = ssh;
  const ways: Ways = {
    tls: { via: 'tls', host: '127.0.0.1', port, ca: authority.certificate, certificate, key },
    ssh: { via: 'ssh', host: '127.0.0.1', port: sshPort, user, key: sshKey, fingerprint },
  };
  return { ways, ssh };
}
