import { Refusal } from '@clawster/domain/refusal';

/** Another's passkey is none of theirs, and is told of as little as one that never was. */
export function noSuchPasskey(): Refusal {
  return new Refusal('not-found', 'You have no passkey with this id');
}
