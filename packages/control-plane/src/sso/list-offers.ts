import type { Caller } from '../caller.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { listOffers as selectOffers } from './provider.queries.ts';

/** What the sign-in page shows beside the passphrase. */
export async function listOffers(plane: ControlPlane, _caller: Caller, _raw: unknown) {
  return { items: await systemQuery(plane, selectOffers) };
}
