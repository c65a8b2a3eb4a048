import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { keep } from '../change.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { OpenedSession } from '../session/open-session.ts';
import { countSsoAttempt, forgiveSsoAttempt } from '../session/sign-in-limits.ts';
import { hashToken } from '../session/token.ts';
import { askClaims } from './ask-claims.ts';
import { useAttempt } from './attempt.queries.ts';
import { letInByClaims } from './let-in-by-claims.ts';
import { findProviderById } from './provider.queries.ts';

/** Opens the session of whom a provider vouches for: in the browser that began it, within ten minutes, once. */
export async function finishSso(
  plane: ControlPlane,
  caller: Caller,
  { raw, browser }: { raw: unknown; browser: string | undefined },
): Promise<OpenedSession & { returnTo: string }> {
  const answer = parseInput(api.sso.finish, raw);
  await countSsoAttempt(plane, caller.address);
  if (!browser) throw attemptEnded();
  const hashes = { stateHash: hashToken(answer.state), browserHash: hashToken(browser) };
  const attempt = await keep(plane, (tx) => useAttempt(tx, hashes));
  const stored = attempt && (await systemQuery(plane, (tx) => findProviderById(tx, attempt.providerId)));
  if (!stored) throw attemptEnded();
  const claims = await askClaims(plane, { stored, answer, browser });
  const opened = await letInByClaims(plane, caller, { stored, claims });
  await forgiveSsoAttempt(plane, caller.address);
  return { ...opened, returnTo: attempt.returnTo };
}

function attemptEnded(): Refusal {
  return new Refusal(
    'forbidden',
    'This sign-in was used, took longer than ten minutes, or began in another browser: begin again at the sign-in page',
  );
}
