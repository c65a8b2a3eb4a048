import { z } from 'zod';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A moment as people write it: a date, a time, or how long ago. */
export const Moment = z.string().transform((text, context) => {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const at = unit ? Date.now() - Number(count) * unitMs[unit as keyof typeof unitMs] : Date.parse(text);
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  context.addIssue({
    code: 'custom',
    message: 'Write a date such as 2026-11-02, a time, or how long ago such as 24h or 7d',
  });
  return z.NEVER;
});
