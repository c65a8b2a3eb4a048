import type { FastifyInstance } from 'fastify';

/** What stands in the way of this replica's work, each in a sentence; empty when nothing does. */
export type WhyNotReady = () => Promise<string[]>;

/** `/live`: the process answers, whatever else is wrong. `/ready`: it can do its work, or says why not. */
export function addHealth(server: FastifyInstance, whyNotReady: WhyNotReady): void {
  server.get('/live', (_, reply) => reply.send({ ok: true }));
  server.get('/ready', async (_, reply) => {
    const reasons = await whyNotReady();
    reply.header('cache-control', 'no-store');
    if (reasons.length === 0) return reply.send({ ok: true });
    return reply.code(503).header('retry-after', 1).send({ ok: false, reasons });
  });
}
