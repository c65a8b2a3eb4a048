import type { Permission } from '@clawster/contract/permission';
import type { InputOf, OutputOf, Route } from '@clawster/contract/route';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import type { OtherTrouble } from './use-attention.tsx';

type Told<R extends Route> = {
  route: R;
  /** That of the route, said once more: the built dashboard knows routes by path and method alone. */
  permission: R['permission'] & Permission;
  input: InputOf<R>;
  troubles: (answer: OutputOf<R>) => OtherTrouble[];
};

/**
 * What a route tells that is wrong, for those who may know it: none for whoever may not, or where it cannot be told.
 * Undefined until it is known.
 */
export function useKnownTroubles<const R extends Route>(told: Told<R>): OtherTrouble[] | undefined {
  const { route, permission, input, troubles } = told;
  const identity = useIdentity();
  const mayKnow = identity !== undefined && whyForbidden(identity, permission) === undefined;
  const { data, error } = useQuery({ ...q(route, input), enabled: mayKnow });
  if (data !== undefined) return troubles(data as OutputOf<R>);
  return (identity && !mayKnow) || error ? [] : undefined;
}
