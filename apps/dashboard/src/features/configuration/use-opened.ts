import { useUrlState } from '../../lib/use-url-state.ts';

/** Which layer of a list is open, by its id, or `new`; in the address, so that the way back closes it. */
export function useOpened(): [string | undefined, (id: string | undefined) => void] {
  const [params, setParams] = useUrlState();
  return [params.get('open') ?? undefined, (id) => setParams({ open: id ?? null }, { push: true })];
}
