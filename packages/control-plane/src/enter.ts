import type { ParsedInputOf, Route } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller, SignedIn } from './caller.ts';

/** Lets a caller into a route, or refuses: not signed in, or lacking the route's permission. */
export function admit(route: Route, caller: Caller): SignedIn {
  if (caller.kind === 'anonymous') throw new Refusal('not-signed-in', 'Sign in, or send an API key');
  const { permission } = route;
  if (permission === 'public' || permission === 'signed-in' || caller.permissions.has(permission)) return caller;
  const who = caller.kind === 'person' ? `Your role, ${caller.role},` : `The API key "${caller.name}"`;
  throw new Refusal(
    'forbidden',
    `${who} does not have the permission ${permission}; ask an owner or admin of the workspace for it`,
  );
}

/** The route's input, checked and with defaults filled in; refused with one issue for each wrong field. */
export function parseInput<R extends Route>(route: R, raw: unknown): ParsedInputOf<R> {
  const parsed = route.input.safeParse(raw ?? {});
  if (parsed.success) return parsed.data as ParsedInputOf<R>;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Refusal('invalid', sentenceFor(issues), { issues });
}

function sentenceFor(issues: { path: string; message: string }[]): string {
  const [first, ...rest] = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return rest.length > 0 ? `${first} (and ${rest.length} more)` : (first ?? 'The input is not valid');
}
