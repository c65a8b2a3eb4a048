import type { ControlPlane } from '@clawster/control-plane/plane';
import { systemQuery } from '@clawster/control-plane/query';
import type { FastifyInstance } from 'fastify';

/** `/live`: the process answers. `/ready`: it can do its work, which needs the database. */
export function addHealth(server: FastifyInstance, plane: ControlPlane): void {
  server.get('/live', (_, reply) => reply.send({ ok: true }));
  server.get('/ready', async (_, reply) => {
    await systemQuery(plane, () => Promise.resolve());
    return reply.send({ ok: true });
  });
}
