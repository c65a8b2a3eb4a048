import type { NotifierKind } from '@clawster/contract/notifier';
import { Refusal } from '@clawster/domain/refusal';
import { isAccessWithin } from '@clawster/domain/role/reach';
import type { SignedIn } from '../caller.ts';
import { accessOf } from '../person/access-of.ts';
import type { Tx } from '../transaction.ts';

/**
 * Refuses an address at which a caller would read links that decide in another's name: they could approve by it what they
 * asked for, or what they may not. A mail reaches the person themselves alone.
 */
export async function refuseForAnother(
  tx: Tx,
  caller: SignedIn,
  { kind, personId, self }: { kind: NotifierKind; personId: string; self: string | undefined },
): Promise<void> {
  const access = (await accessOf(tx, caller.workspaceId, [personId])).get(personId);
  if (!access) throw Refusal.at('personId', 'not-found', 'Nobody who is let in here has this id: choose somebody else');
  const isSelf = personId === self;
  if (!isSelf && !caller.permissions.has('person:manage'))
    throw Refusal.at('personId', 'forbidden', 'Telling somebody else needs the permission person:manage');
  if (kind === 'mail') return;
  if (!isSelf)
    throw Refusal.at(
      'personId',
      'refused',
      'Its links decide in the name of that person, and others would read them: tell them by mail, or have them set it up',
    );
  if (!isAccessWithin(access, caller))
    throw new Refusal(
      'forbidden',
      'Its links may do more than this API key: set it up signed in, or with a key that may do all that you may',
    );
}
