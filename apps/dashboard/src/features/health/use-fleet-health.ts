import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';

/** Health changes without an event; the server looks that often. */
export const lookAgainMs = 15_000;

/** How well the fleet is, and what needs somebody. */
export function useFleetHealth() {
  return useQuery({ ...q(api.health.fleet, {}), refetchInterval: lookAgainMs });
}
