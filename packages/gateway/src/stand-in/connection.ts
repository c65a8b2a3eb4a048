import type { GatewayProblem } from '../protocol.ts';

/** An answer; a run that failed carries its summary beside the error. */
export type Outcome = { ok: true; payload: unknown } | { ok: false; payload?: unknown; error: GatewayProblem };

/** One client that was let in. */
export type Connection = {
  scopes: string[];
  caps: string[];
  /** Whether it asked to hear what is said in all sessions. */
  isSubscribed: boolean;
  emit(event: string, payload: unknown): void;
  respond(id: string, outcome: Outcome): void;
};

const readScopes = ['operator.read', 'operator.write', 'operator.admin'];
const forEveryone = new Set(['shutdown', 'tick', 'health']);

/** Whether the gateway tells this client: runs to who may read, what is said to who subscribed, a tool's life to who started the run and asked for it. */
export function mayHear(
  connection: Connection,
  event: string,
  about: { stream?: string; starter?: Connection },
): boolean {
  if (forEveryone.has(event)) return true;
  if (!readScopes.some((scope) => connection.scopes.includes(scope))) return false;
  if (event === 'session.message' || event === 'sessions.changed') return connection.isSubscribed;
  if (about.stream === 'tool') return connection === about.starter && connection.caps.includes('tool-events');
  return true;
}
