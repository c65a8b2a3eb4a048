import { EngineConnection } from '@clawster/contract/engine';
import type { CreateTarget } from '@clawster/contract/target';
import { Refusal } from '@clawster/domain/refusal';
import { AddressRefused, allowedAddresses } from '@clawster/outward/address';

/** An engine that is to be added. */
export type Engine = Omit<CreateTarget, 'connection'> & { connection: EngineConnection };
/** A target as its row holds it, and what is sealed of it. */
export type TargetSettings = { settings: Record<string, unknown>; key: string | undefined };

/** The engine of the input; its own socket where it does not say how it is reached. */
export function engineIn(input: CreateTarget): Engine | undefined {
  if (input.kind !== 'docker') return undefined;
  return { ...input, connection: input.connection ?? EngineConnection.parse({ via: 'socket' }) };
}

/** What of an engine is stored openly, and what is not. */
export function settingsOf(engine: Engine): TargetSettings {
  const { name: _name, kind: _kind, connection, ...rest } = engine;
  if (connection.via === 'socket') return { settings: { ...rest, connection }, key: undefined };
  const { key, ...open } = connection;
  return { settings: { ...rest, connection: open }, key };
}

/** Refuses an engine that bots could not come home from, or that is inside where nobody may look inside. */
export async function refuseEngine(
  { connection, controlPlaneUrl }: Engine,
  { allowPrivate }: { allowPrivate: boolean },
): Promise<void> {
  if (connection.via === 'socket') {
    if (allowPrivate) return;
    throw Refusal.at(
      'connection',
      'refused',
      'This Clawster is shared: its machine’s own engine is added with CLAWSTER_ALLOW_PRIVATE_ADDRESSES=true alone',
    );
  }
  if (!controlPlaneUrl)
    throw Refusal.at('controlPlaneUrl', 'invalid', 'Say where bots on that engine reach this Clawster');
  await allowedAddresses(connection.host, { allowPrivate }).catch((error: unknown) => {
    if (error instanceof AddressRefused) throw Refusal.at('connection.host', 'refused', error.message);
    throw Refusal.at('connection.host', 'refused', `There is no machine named ${connection.host}`);
  });
}
