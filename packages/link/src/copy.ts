import { z } from 'zod';

/** One of the databases an installation was restored into: all have its id, and of two the higher epoch is the newer. */
export const Copy = z.object({ id: z.uuid(), epoch: z.int() });
export type Copy = z.infer<typeof Copy>;

export type WhyNot = 'overtaken' | 'stranger';

/**
 * Why a host that obeys `known` must not obey `offered`, or undefined when it may. A join token that was not used yet
 * was brought by whoever runs the host: with it, the host may change to another installation, but never back to an older copy.
 */
export function whyNotObey(known: Copy | undefined, offered: Copy | undefined, hasToken: boolean): WhyNot | undefined {
  if (!known) return undefined;
  // A server that names no copy is older than the one that made us remember.
  if (!offered) return 'overtaken';
  if (offered.id === known.id) return offered.epoch < known.epoch ? 'overtaken' : undefined;
  return hasToken ? undefined : 'stranger';
}
