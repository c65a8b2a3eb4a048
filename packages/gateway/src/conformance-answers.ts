import { trimmed } from './conformance-shape.ts';
import { connectParams, openSocket } from './conformance-wire.ts';
import type { Frame, Wire } from './conformance-wire.ts';

/** One way to ask to be let in: what differs from what our client asks, or what is sent instead of it. */
export type Knock = { name: string; change?: Record<string, unknown>; instead?: string };
/** What was answered, if anything was, and how the gateway closed the connection, if it did. */
export type Knocked = Knock & { answer?: Frame; close?: { code: number; reason: string } };
export type Ask = { method: string; params: Record<string, unknown> };
export type Asked = Ask & { answer: Frame };

export async function knock(gateway: { port: number; token: string }, how: Knock): Promise<Knocked> {
  const { name, change, instead } = how;
  const params = connectParams(gateway.token, change);
  const wire = await openSocket(gateway.port);
  wire.send(instead ?? JSON.stringify({ type: 'req', id: '1', method: 'connect', params }));
  await wire.until((frames) => frames.some(({ type, ok }) => type === 'res' && ok));
  const answer = wire.frames.find(({ type }) => type === 'res');
  const what = instead ? { name, instead } : { name, ...(change ? { change } : {}) };
  if (!answer?.ok) return { ...what, ...(answer ? { answer } : {}), close: await wire.closed };
  wire.close();
  // All are greeted alike; what they may differs.
  return { ...what, answer: { ...answer, payload: trimmed({ auth: answer.payload?.['auth'] }) } };
}

export async function ask(wire: Wire, { method, params }: Ask): Promise<Asked> {
  const { id: _, ...answer } = await wire.ask(method, params);
  return { method, params, answer: trimmed(answer) };
}
