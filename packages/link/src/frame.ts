import { z } from 'zod';

/** The link's own version; the server serves supervisors one version back. */
export const linkVersion = 1;
/** Path of the link on the server's origin. */
export const linkPath = '/link';
/** The largest frame either end accepts. */
export const framePayloadBytesMax = 4 * 1024 * 1024;
/** The supervisor reports at least this often; silence for `silenceMsMax` reads *unknown*. */
export const heartbeatMs = 10_000;
export const silenceMsMax = 45_000;

/** Asks the other end to do something; answered by exactly one `res`, before it any number of `part` events. */
export const RequestFrame = z.object({
  type: z.literal('req'),
  id: z.string(),
  method: z.string(),
  params: z.unknown(),
});
export const ResponseFrame = z.object({
  type: z.literal('res'),
  id: z.string(),
  result: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
/** `request` names the request this is a part of; absent on events that stand alone. */
export const EventFrame = z.object({
  type: z.literal('event'),
  event: z.string(),
  request: z.string().optional(),
  payload: z.unknown(),
});
/** The batch up to `sequence` is committed: the supervisor may forget it. */
export const AckFrame = z.object({ type: z.literal('ack'), epoch: z.int(), sequence: z.int() });

export const Frame = z.discriminatedUnion('type', [RequestFrame, ResponseFrame, EventFrame, AckFrame]);
export type Frame = z.infer<typeof Frame>;
export type RequestFrame = z.infer<typeof RequestFrame>;
export type ResponseFrame = z.infer<typeof ResponseFrame>;
export type EventFrame = z.infer<typeof EventFrame>;
export type AckFrame = z.infer<typeof AckFrame>;
