import type { Socket } from 'node:net';
import type { Resolve } from '@clawster/outward/address';
import { checkedConnector } from '@clawster/outward/checked-agent';
import type { Passage } from './gatekeeper.ts';

const connectMs = 10_000;

/** What a test puts in place of the machine's own names. */
export type Connecting = { resolve?: Resolve };

/** How connections to checked addresses are made: the name is looked up once, and what was checked is what is connected to. */
export function connectorFor(allowPrivate: boolean, { resolve }: Connecting) {
  return checkedConnector({ allowPrivate, timeoutMs: connectMs, ...(resolve ? { resolve } : {}) });
}

/** A connection to where a passage leads. */
export function connectTo({ host, port, allowPrivate }: Passage, how: Connecting): Promise<Socket> {
  const connect = connectorFor(allowPrivate, how);
  return new Promise((resolve, reject) => {
    connect({ hostname: host, host, protocol: 'http:', port: String(port) }, (error, socket) =>
      socket ? resolve(socket as Socket) : reject(error ?? new Error('No connection was made')),
    );
  });
}
