import type { ListedBot } from '@clawster/contract/bot';
import { useMemo, useState } from 'react';
import { useUrlState } from '../../lib/use-url-state.ts';

type Selected = ReadonlySet<string>;

/** Which rows are chosen. At an address with `choose=all` it is all that are loaded, until someone chooses otherwise. */
export function useSelection(bots: readonly ListedBot[] | undefined) {
  const [params, setParams] = useUrlState();
  const [chosen, setChosen] = useState<Selected>();
  const chooseAll = params.get('choose') === 'all';
  const selected = useMemo(
    () => (chooseAll ? new Set(bots?.map(({ id }) => id)) : (chosen ?? none)),
    [chooseAll, bots, chosen],
  );
  const select = (next: Selected) => {
    setChosen(next);
    if (chooseAll) setParams({ choose: null });
  };
  return { selected, select, everSelected: chooseAll || chosen !== undefined };
}

const none: Selected = new Set();
