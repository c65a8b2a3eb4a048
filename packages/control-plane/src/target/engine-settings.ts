import { EngineConnection } from '@clawster/contract/engine';
import type { CreateTarget } from '@clawster/contract/target';
import { Refusal } from '@clawster/domain/refusal';
import { AddressRefused, allowedAddresses } from '@clawster/outward/address';

/** An engine that is to be added. */
export type Engine = Omit<CreateTarget, 'connection'> & { connection: EngineConnection };
/** A target as its row holds it, and what is sealed of it. */
export type TargetSettings = { settings: Record<string, unknown>; key: string | undefined };

/** The engine of the input, a Swarm's manager, too; its own socket where it does not say how it is reached. */
export function engineIn(input: CreateTarget): Engine | undefined {
  if (input.kind === 'stand-in') return undefined;
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
  { kind, connection, controlPlaneUrl, image }: Engine,
  { allowPrivate }: { allowPrivate: boolean },
): Promise<void> {
  if (kind === 'docker-swarm') refuseSwarm({ controlPlaneUrl, image });
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

function refuseSwarm({ controlPlaneUrl, image }: Pick<Engine, 'controlPlaneUrl' | 'image'>): void {
  if (!controlPlaneUrl)
    throw Refusal.at('controlPlaneUrl', 'invalid', 'Say where bots on the nodes of that Swarm reach this Clawster');
  if (!image)
    throw Refusal.at(
      'image',
      'invalid',
      'The nodes of a Swarm cannot build for each other: put the bot image (deploy/bot/Dockerfile) into a registry that all of them reach, and name it by its digest',
    );
}
