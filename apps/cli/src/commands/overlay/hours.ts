import { z } from 'zod';

/** Hours from now, as the time when they are over. */
export const Hours = z.coerce
  .number('Give the hours, such as 24')
  .positive()
  .max(100_000)
  .transform((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());

/** Until when an overlay lies, as the end of a sentence. */
export function sayUntil(expiresAt: string | undefined): string {
  return expiresAt ? ` until ${expiresAt}` : '';
}
