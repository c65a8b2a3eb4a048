import { z } from 'zod';

/** Why a request was refused, told apart by what the caller can do about it; each with its HTTP status. */
export const refusalStatus = {
  invalid: 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  refused: 422,
  'too-many': 429,
  trouble: 500,
  unavailable: 503,
} as const;

export const RefusalCode = z.enum(Object.keys(refusalStatus) as (keyof typeof refusalStatus)[]);
export type RefusalCode = keyof typeof refusalStatus;

/** An RFC 9457 problem: `code` for programs, `detail` a sentence for people that says what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: RefusalCode,
  detail: z.string(),
  requestId: z.string().optional(),
  /** One entry for each field that was refused; `path` is dotted, as in the request. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
