import '../support/tell-cpu.ts';
import Fastify from 'fastify';

/** The peer: a Fastify with nothing in it but a hello. */
const server = Fastify();
server.get('/api/v1/hello', async () => ({ hello: 'world' }));
const url = await server.listen({ port: 0, host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', url });
