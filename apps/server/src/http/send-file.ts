import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileAnswer } from '@clawster/control-plane/file-answer';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends a file while it is made, as fast as it is taken. One that fails midway breaks off, so that nobody takes a part for all of it. */
export async function sendFile(
  { name, contentType, parts }: FileAnswer,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': `${contentType}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
  await pipeline(Readable.from(parts), raw).catch((error: unknown) => {
    if (!isLeft(error)) request.log.error({ err: error, requestId: request.id }, 'A file broke off');
    raw.destroy();
  });
}

/** Whoever asked has gone. */
function isLeft(error: unknown): boolean {
  return (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE';
}
