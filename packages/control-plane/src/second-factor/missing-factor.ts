import { api } from '@clawster/contract/api';
import type { Route } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import type { MissingFactor } from '../caller.ts';

/** What someone may still do whose time to add a second factor is over: see who they are, add one, and leave, to another workspace too. */
const open: ReadonlySet<Route> = new Set<Route>([
  api.sessions.current,
  api.sessions.signOut,
  api.sessions.switch,
  api.workspaces.list,
  api.account.factors,
  api.account.offerTotp,
  api.account.confirmTotp,
  api.account.makeRecoveryCodes,
  api.passkeys.list,
  api.passkeys.offer,
  api.passkeys.add,
]);

/** Refuses a route to someone who should have added a second factor by now. */
export function refuseMissingFactor(route: Route, missing: MissingFactor | undefined): void {
  if (!missing || missing.leftMs > 0 || open.has(route)) return;
  throw new Refusal(
    'forbidden',
    'This workspace requires a second factor of you: add an authenticator app or a passkey under Settings → Account, or with `clawster account add-totp`',
  );
}
