import type { EndedAccess } from '@clawster/contract/person';

/** "3 sessions, 1 API key and 0 invitations". */
export function sayEnded({ sessions, apiKeys, invitations }: EndedAccess): string {
  return `${count(sessions, 'session')}, ${count(apiKeys, 'API key')} and ${count(invitations, 'invitation')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
