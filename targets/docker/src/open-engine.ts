import type { Agent } from 'node:http';
import Docker from 'dockerode';
import type { Connection } from './settings.ts';
import { tlsAgent } from './tls-agent.ts';
import { whyUnreachable } from './why-unreachable.ts';

/** An engine that does not answer at all is given up on; builds and pulls stream, and are never that silent. */
const silentMsMax = 120_000;
/** Without these, a variable such as `DOCKER_HOST` would say where the engine is. */
const notOfEnvironment = { host: undefined, port: undefined, key: undefined, cert: undefined, ca: undefined };

/** A client of the engine, whose failures to reach it are sentences; nothing is sent yet. */
export async function openEngine(connection: Connection): Promise<Docker> {
  const engine = new Docker({ ...notOfEnvironment, ...(await optionsFor(connection)), timeout: silentMsMax });
  const { modem } = engine;
  const dial = modem.dial.bind(modem);
  modem.dial = (asked, done) =>
    dial(asked, (error, answer) => done?.(error && whyUnreachable(error, connection), answer));
  return engine;
}

async function optionsFor(connection: Connection): Promise<Docker.DockerOptions & { agent?: Agent }> {
  switch (connection.via) {
    case 'socket':
      return { protocol: 'http', socketPath: connection.path };
    case 'tls': {
      const { host, port, ca, certificate: cert, key } = connection;
      return { protocol: 'https', host, port, ca, cert, key, agent: tlsAgent() };
    }
    case 'ssh': {
      const { sshAgent } = await import('./ssh-agent.ts');
      // To the HTTP spoken over it the machine has no name.
      return { protocol: 'http', host: 'docker', agent: sshAgent(connection) };
    }
  }
}
