import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';

/** How many things wait for a person; 0 until it is known, and for whoever may not know. */
export function useInboxCount(): number {
  const identity = useIdentity();
  const enabled = identity !== undefined && whyForbidden(identity, 'inbox:read') === undefined;
  return useQuery({ ...q(api.inbox.count, {}), enabled }).data?.open ?? 0;
}
