import { type Problem, type RefusalCode, refusalStatus } from '@clawster/contract/problem';
import { isDatabaseAway, whyReadOnly } from '@clawster/database/away';
import { Refusal } from '@clawster/domain/refusal';
import type { FastifyRequest } from 'fastify';

const titles: Record<RefusalCode, string> = {
  invalid: 'The input is not valid',
  'not-signed-in': 'Not signed in',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  conflict: 'In conflict with what is there',
  'too-large': 'Too large',
  refused: 'Refused',
  'too-many': 'Too many requests',
  trouble: 'Something went wrong',
  unavailable: 'Not available at the moment',
};
const codeByStatus = new Map(
  Object.entries(refusalStatus).map(([code, status]) => [status as number, code as RefusalCode]),
);

/** The RFC 9457 problem for whatever was thrown; what nobody meant for the caller becomes a 500 that tells nothing but its request id. */
export function problemOf(error: unknown, request: Pick<FastifyRequest, 'id' | 'log'>): Problem {
  const known = refusalIn(error);
  if (!known) request.log.error({ err: error, requestId: request.id }, 'A request failed');
  const refusal =
    known ??
    new Refusal('trouble', `This is our fault, not yours. The server's log has the details under ${request.id}`);
  return {
    type: `https://clawster.dev/problems/${refusal.code}`,
    title: titles[refusal.code],
    status: refusalStatus[refusal.code],
    code: refusal.code,
    detail: refusal.message,
    requestId: request.id,
    ...(refusal.issues ? { issues: refusal.issues } : {}),
  };
}

function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const readOnly = whyReadOnly(error);
  if (readOnly) return new Refusal('unavailable', `${readOnly}. Reading goes on`);
  if (isDatabaseAway(error))
    return new Refusal('unavailable', 'The database cannot be reached or is too slow at the moment: try again shortly');
  return httpRefusalIn(error);
}

/** What Fastify and Nest themselves refuse, before a handler of ours is reached. */
function httpRefusalIn(error: unknown): Refusal | undefined {
  const { code = '', statusCode, status } = error as { code?: string; statusCode?: number; status?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal('too-large', 'The body is larger than 1 MiB: send less at once');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal('invalid', 'Send the body as application/json');
  const answered = statusCode ?? status;
  if (answered === 404)
    return new Refusal('not-found', 'There is nothing at this address: see /api/reference for what there is');
  if (answered === 400) return new Refusal('invalid', 'The body is not valid JSON, or the address is not well-formed');
  if (answered === undefined || answered < 400 || answered >= 500) return undefined;
  return new Refusal(codeByStatus.get(answered) ?? 'invalid', 'The server cannot take this request as it was sent');
}
