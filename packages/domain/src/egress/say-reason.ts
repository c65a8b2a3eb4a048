import type { RefusedPlace } from '@clawster/contract/egress';

const sayings: Readonly<Record<RefusedPlace['reason'], string>> = {
  'not-allowed': 'is not among its hosts',
  'not-a-name': 'is no name: addresses are not connected to',
  'address-inside': 'leads to an address that is not public',
  'wrong-network': 'was asked for with its credential from elsewhere: redeploy it, so that it has another',
  malformed: 'was asked for in a way that can be read as two',
  'too-many': 'was one connection too many',
};

/** Why a bot was refused a place, after the place's name. */
export function sayReason(reason: RefusedPlace['reason']): string {
  return sayings[reason];
}
