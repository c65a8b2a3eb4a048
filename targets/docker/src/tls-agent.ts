import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';

const connectMsMax = 10_000;

/** Connects by TLS, and gives up on a machine that does not even shake hands. */
export function tlsAgent(): Agent {
  return new TlsAgent();
}

class TlsAgent extends Agent {
  override createConnection(...asked: Parameters<Agent['createConnection']>): Duplex | null | undefined {
    const connection = super.createConnection(...asked);
    const timer = setTimeout(
      () => connection?.destroy(Object.assign(new Error('It did not shake hands'), { code: 'ETIMEDOUT' })),
      connectMsMax,
    );
    const over = () => clearTimeout(timer);
    connection?.once('secureConnect', over).once('close', over);
    return connection;
  }
}
