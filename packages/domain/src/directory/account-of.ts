import { Email } from '@clawster/contract/person';
import type { Complex, Resource } from '../scim/read-resource.ts';

const nameMax = 80;

/** The address of somebody's account: their primary one, else that of work, else the first, else the name they sign in with. */
export function addressOf(user: Resource): string | undefined {
  const emails = (user['emails'] ?? []) as Complex[];
  const first = (holds: (one: Complex) => boolean) => emails.find(holds)?.['value'];
  const found =
    first(({ primary }) => primary === true) ??
    first(({ type }) => typeof type === 'string' && type.toLowerCase() === 'work') ??
    first(() => true) ??
    user['userName'];
  return Email.safeParse(found).data;
}

/** What somebody is called. */
export function nameOf(user: Resource): string {
  const { formatted, givenName, familyName } = (user['name'] ?? {}) as Complex;
  const inParts = [givenName, familyName].filter((part) => part !== undefined).join(' ');
  const { displayName, userName } = user as { displayName?: string; userName?: string };
  const name = displayName ?? (typeof formatted === 'string' ? formatted : undefined) ?? (inParts || userName);
  return (name ?? 'Somebody').trim().slice(0, nameMax);
}
