import { checkedConnector } from '@clawster/outward/checked-agent';
import { Agent } from 'undici';

const connectMs = 10_000;

/**
 * How this host asks providers and services: an agent for each of whether private addresses are allowed. An address that does
 * not answer is told within ten seconds.
 */
export function checkedAgents(options: {
  headersTimeout: number;
  bodyTimeout: number;
}): (allowPrivate: boolean) => Agent {
  const agents = new Map<boolean, Agent>();
  return (allowPrivate) => {
    const connect = checkedConnector({ allowPrivate, timeoutMs: connectMs });
    const agent = agents.get(allowPrivate) ?? new Agent({ ...options, connect });
    agents.set(allowPrivate, agent);
    return agent;
  };
}
