import { checkedConnector } from '@clawster/outward/checked-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { Workload } from '../workload.ts';
import { keepSecret } from './mask.ts';

const connectMs = 10_000;

/** Of this process, which is of one bot alone: all that it asks outside goes the same way. */
let way: Workload['egress'];

/** From now on what leaves this process goes through this proxy, which looks names up and checks addresses; `undefined`: straight. */
export function goOutThrough(to: Workload['egress']): void {
  if (to) keepSecret(new URL(to.proxyUrl).password);
  way = to;
}

/** What the link is dialled with, where it does not go straight. */
export function linkAgent(): HttpsProxyAgent<string> | undefined {
  return way && way.link !== 'beside' ? new HttpsProxyAgent(way.proxyUrl) : undefined;
}

type Waiting = { headersTimeout: number; bodyTimeout: number };

/**
 * How this host asks providers and services: an agent for each of whether private addresses are allowed. An address that does
 * not answer is told within ten seconds.
 */
export function outwardAgents(waiting: Waiting): (allowPrivate: boolean) => Dispatcher {
  const agents = new Map<string, Dispatcher>();
  return (allowPrivate) => {
    const key = way?.proxyUrl ?? String(allowPrivate);
    const agent = agents.get(key) ?? make(allowPrivate, waiting);
    agents.set(key, agent);
    return agent;
  };
}

function make(allowPrivate: boolean, waiting: Waiting): Dispatcher {
  // A tunnel also for plain HTTP: the proxy is no reader of what passes.
  if (way)
    return new ProxyAgent({ uri: way.proxyUrl, proxyTunnel: true, proxyTls: { timeout: connectMs }, ...waiting });
  return new Agent({ ...waiting, connect: checkedConnector({ allowPrivate, timeoutMs: connectMs }) });
}
