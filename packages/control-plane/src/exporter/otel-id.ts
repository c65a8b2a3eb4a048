import { createHash } from 'node:crypto';

/** A trace's id as OpenTelemetry writes it: the first 16 bytes of SHA-256 of ours, in hexadecimal. */
export function otelTraceId(traceId: string): string {
  return hashed(traceId, 16);
}

/** A span's, of 8 bytes: the same for whoever names the span as its parent, whichever bot that is. */
export function otelSpanId(spanId: string): string {
  return hashed(spanId, 8);
}

function hashed(id: string, bytes: number): string {
  return createHash('sha256')
    .update(id)
    .digest('hex')
    .slice(0, 2 * bytes);
}

const randomBits = 56;

/** Whether a trace is among `percent` of all, by the last 7 bytes of its id, as samplers of OpenTelemetry decide: all who ask agree. */
export function isSampled(otelId: string, percent: number): boolean {
  if (percent >= 100) return true;
  const randomness = Number(BigInt(`0x${otelId.slice(-randomBits / 4)}`)) / 2 ** randomBits;
  return randomness >= 1 - percent / 100;
}
