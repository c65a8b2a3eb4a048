import type { Permission } from '@clawster/contract/permission';
import type { InputOf, OutputOf, Route } from '@clawster/contract/route';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import type { OtherTrouble } from './use-attention.tsx';

type Told<R extends Route> = { route: R; input: InputOf<R>; troubles: (answer: OutputOf<R>) => OtherTrouble[] };

/**
 * What a route tells that is wrong, for those who may know it: none for whoever may not, or where it cannot be told.
 * Undefined until it is known.
 */
export function useKnownTroubles<R extends Route>({ route, input, troubles }: Told<R>): OtherTrouble[] | undefined {
  const identity = useIdentity();
  const mayKnow = identity !== undefined && whyForbidden(identity, route.permission as Permission) === undefined;
  const { data, error } = useQuery({ ...q(route, input), enabled: mayKnow });
  if (data !== undefined) return troubles(data as OutputOf<R>);
  return (identity && !mayKnow) || error ? [] : undefined;
}
