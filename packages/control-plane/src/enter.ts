import type { ParsedInputOf, Route } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import { reachOf } from '@clawster/domain/role/reach';
import type { Caller, SignedIn } from './caller.ts';
import { refuseMissingFactor } from './second-factor/missing-factor.ts';

/**
 * Lets a caller into a route, for all bots or for those in their reach, or refuses: not signed in, without the second
 * factor they should have, or lacking the route's permission.
 */
export function admit(route: Route, caller: Caller): SignedIn {
  if (caller.kind === 'anonymous') throw new Refusal('not-signed-in', 'Sign in, or send an API key');
  refuseMissingFactor(route, caller.missingFactor);
  const { permission } = route;
  const reach = permission === 'public' || permission === 'signed-in' ? 'all' : reachOf(caller, permission);
  // Of an earlier route nothing is left over.
  if (reach === 'all') return caller.reach ? { ...caller, reach: undefined } : caller;
  if (reach.length > 0) return { ...caller, reach };
  throw new Refusal(
    'forbidden',
    `${whose(caller)} does not have the permission ${permission}; ask an owner or admin of the workspace for it`,
  );
}

/** Whose permissions are looked at, in words. */
export function whose(caller: SignedIn): string {
  return caller.kind === 'person' ? `Your role, ${caller.role},` : `The API key "${caller.name}"`;
}

/** The route's input, checked and with defaults filled in; refused with one issue for each wrong field. */
export function parseInput<R extends Route>(route: R, raw: unknown): ParsedInputOf<R> {
  const parsed = route.input.safeParse(raw ?? {});
  const issues = parsed.success
    ? unstorable(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  if (parsed.success && issues.length === 0) return parsed.data as ParsedInputOf<R>;
  throw new Refusal('invalid', sentenceFor(issues), { issues });
}

/** Texts that PostgreSQL keeps nowhere: said here, or each would be a fault of the server's. */
function unstorable(value: unknown, path = ''): { path: string; message: string }[] {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed()
      ? [{ path, message: 'Leave out the characters that are no text (U+0000, or half of a surrogate pair)' }]
      : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...unstorable(key, path),
    ...unstorable(one, path ? `${path}.${key}` : key),
  ]);
}

function sentenceFor(issues: { path: string; message: string }[]): string {
  const [first, ...rest] = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return rest.length > 0 ? `${first} (and ${rest.length} more)` : (first ?? 'The input is not valid');
}
