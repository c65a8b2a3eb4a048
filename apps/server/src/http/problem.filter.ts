import { type NoteRefusal, refusalNotes } from '@clawster/control-plane/audit/note-refusal';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem.ts';

/** The one place where what was thrown becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #noteRefusal: NoteRefusal;

  constructor(plane: ControlPlane) {
    this.#noteRefusal = refusalNotes(plane);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (error instanceof Refusal && error.code === 'forbidden') this.#note(error, request);
    sendProblem(error, request, http.getResponse<FastifyReply>());
  }

  /** Whoever is not signed in belongs to no workspace's trail. */
  #note({ message }: Refusal, { caller, method, routeOptions }: FastifyRequest): void {
    if (!caller || caller.kind === 'anonymous') return;
    this.#noteRefusal(
      { id: caller.id, workspaceId: caller.workspaceId, caller },
      { method, route: routeOptions.url ?? '', sentence: message },
    );
  }
}

/** What is not available is mostly so for seconds: a restart, a link that comes back, a database that is failed over. */
const retryAfterSeconds = 2;

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  const problem = problemOf(error, request);
  if (problem.code === 'unavailable') reply.header('retry-after', retryAfterSeconds);
  reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    // As bytes: to text Fastify would add a charset, which this media type does not have (RFC 9457).
    .send(Buffer.from(JSON.stringify(problem)));
}
