import { setTimeout as sleep } from 'node:timers/promises';
import { haltHeld } from '@clawster/control-plane/fleet/halt-held';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LiveLinks } from '../link/live-links.ts';
import type { Conversation, Credentials } from './credential.ts';
import { aliveEveryMs, type ForwardAnswer, ForwardAsk, forwardBytesMax, forwardPath, framed } from './message.ts';

declare module 'fastify' {
  interface FastifyRequest {
    replica?: Conversation;
  }
}

/** A database row may say that a link is here a moment before it is. */
const arrivalMs = 1_000;
/** A replica that does not read what it asked for must not fill this process's memory. */
const bufferedBytesMax = 16 * 1024 * 1024;
/** What a browser or a proxy in front of us adds, and no replica ever does. */
const foreign = ['origin', 'cookie', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'sec-fetch-site', 'via'];

/** Answers other replicas of this installation for the links held here. To everyone else there is nothing at this address. */
export async function serveReplicas(
  server: FastifyInstance,
  plane: ControlPlane,
  { links, credentials }: { links: LiveLinks; credentials: Credentials },
): Promise<void> {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: forwardBytesMax },
    (_request, body, done) => done(null, body),
  );
  // Before a byte of the body is read.
  server.addHook('onRequest', async (request) => {
    const stranger = foreign.find((name) => request.headers[name] !== undefined);
    const accepted = stranger
      ? { refused: `it came through a browser or a proxy (${stranger})` }
      : credentials.accept(request.headers.authorization);
    if ('refused' in accepted) {
      plane.log('warn', `A request to the replicas' own address was refused: ${accepted.refused}`, {
        from: request.ip,
      });
      throw nothingHere();
    }
    request.replica = accepted;
  });
  server.post(forwardPath, async (request, reply) => {
    const conversation = request.replica;
    if (!conversation || !Buffer.isBuffer(request.body)) throw nothingHere();
    const ask = ForwardAsk.safeParse(conversation.unseal(request.body));
    if (!ask.success) throw new Refusal('invalid', 'This replica is of another version');
    await answer(plane, { ask: ask.data, links }, speaker(conversation, request, reply));
  });
}

function nothingHere(): Refusal {
  return new Refusal('not-found', 'There is nothing at this address: see /api/reference for what there is');
}

type Speaker = { say(answer: ForwardAnswer): void; left: AbortSignal; end(): void };

/** Writes sealed answers as they come, says now and then that it is there, and notices when the asker leaves. */
function speaker(conversation: Conversation, request: FastifyRequest, reply: FastifyReply): Speaker {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
  const left = new AbortController();
  raw.once('close', () => left.abort());
  if (raw.destroyed || request.raw.destroyed) left.abort();
  const say = (answer: ForwardAnswer) => {
    if (raw.destroyed) return;
    raw.write(framed(conversation.seal(answer)));
    if (raw.writableLength > bufferedBytesMax) raw.destroy();
  };
  say({ is: 'alive' });
  const alive = setInterval(() => say({ is: 'alive' }), aliveEveryMs);
  return {
    say,
    left: left.signal,
    end() {
      clearInterval(alive);
      raw.end();
    },
  };
}

type Asked = { ask: ForwardAsk; links: LiveLinks };

async function answer(plane: ControlPlane, { ask, links }: Asked, { say, left, end }: Speaker): Promise<void> {
  try {
    if (ask.do === 'halt') return say({ is: 'result', result: await haltHeld(links, ask) });
    if (ask.do === 'close') {
      await links.close(ask.botId, ask.code, ask.reason);
      return say({ is: 'result', result: {} });
    }
    if (!(await arrives(links, ask.botId))) return say({ is: 'not-held' });
    const { botId, method, params, timeoutMs } = ask;
    const options = { signal: left, onPart: (part: unknown) => say({ is: 'part', part }) };
    const asked = { method, params: params as never };
    say({
      is: 'result',
      result: await links.request(botId, asked, { ...options, ...(timeoutMs ? { timeoutMs } : {}) }),
    });
  } catch (error) {
    if (error instanceof Refusal) return say({ is: 'refused', code: error.code, sentence: error.message });
    plane.log('error', 'A request of another replica failed', { error: String(error) });
    say({ is: 'refused', code: 'trouble', sentence: 'The replica that holds the link to the bot had trouble' });
  } finally {
    end();
  }
}

async function arrives(links: LiveLinks, botId: string): Promise<boolean> {
  for (let waited = 0; !links.holds(botId) && waited < arrivalMs; waited += 20) await sleep(20);
  return links.holds(botId);
}
