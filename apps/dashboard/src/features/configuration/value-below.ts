import type { Json } from '@clawster/contract/document';
import type { Explained, LayerRef } from '@clawster/contract/layer';
import { mergeLayers } from '@clawster/domain/config/merge';

export type Below = {
  /** Undefined: no layer below says anything, or what it said is taken away. */
  value: Json | undefined;
  /** The layer that decides it there. */
  from: LayerRef | undefined;
  /** Who keeps the bot from changing it. */
  lockedBy: LayerRef | undefined;
};

/** What a value would be if the bot itself said nothing of it, by the same rules that lay layers over each other. */
export function valueBelow(explained: readonly Explained[], path: string): Below {
  const one = explained.find((other) => other.path === path);
  const said = (one?.contributions ?? []).filter(
    ({ layer, does }) => layer.kind !== 'own' && layer.kind !== 'enforced' && does !== 'blocked',
  );
  const { value } = mergeLayers(
    said.map(({ layer, does, value: told }) => ({
      ref: layer,
      settings: { it: does === 'remove' ? null : (told ?? null) },
    })),
  );
  return { value: value['it'], from: said.at(-1)?.layer, lockedBy: one?.lockedBy };
}
