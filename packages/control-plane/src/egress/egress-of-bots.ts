import type { Provider } from '@clawster/contract/connector';
import { egressOf } from '@clawster/domain/egress/egress-of';
import type { Egress } from '@clawster/target/egress';
import { serviceOrigins } from '../channel/ask-channel.ts';
import { type ConfiguredBot, configurationBy, readConfigured } from '../configuration/configured-bot.ts';
import { readLayers } from '../configuration/layer-store.ts';
import { baseUrlOf } from '../connector/connection.ts';
import { planOf } from '../connector/connector.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Tx } from '../transaction.ts';

type Settings = Pick<ControlPlane['settings'], 'controlPlaneUrl' | 'allowPrivateAddresses'>;

/** Where each of these bots of a workspace may connect to, by what it is made of now. Those that were destroyed have no list. */
export async function egressOfBots(
  tx: Tx,
  settings: Settings,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<Map<string, Egress>> {
  const bots = await readConfigured(tx, workspaceId, { ids });
  const layers = await readLayers(tx, workspaceId, bots);
  const connectors = await readConnectors(tx, workspaceId);
  return new Map(
    bots.map((bot) => {
      const { channels, egressHosts } = configurationBy(layers, bot);
      const open = channels.filter(({ isShut }) => !isShut);
      const telegram = open.find(({ kind }) => kind === 'telegram')?.settings;
      const models = connectorsOf(bot, connectors);
      return [
        bot.id,
        egressOf({
          controlPlaneUrl: settings.controlPlaneUrl,
          urls: [models.map(({ usualUrl }) => usualUrl), telegram && serviceOrigins.telegram].flat().filter(isGiven),
          ownUrls: [models.map(({ baseUrl }) => baseUrl), telegram?.apiRoot].flat().filter(isGiven),
          channels: open.map(({ kind }) => kind),
          hosts: egressHosts,
          allowPrivate: settings.allowPrivateAddresses,
        }),
      ] as const;
    }),
  );
}

const isGiven = (url: string | undefined) => url !== undefined;

/** The list of one bot, for its start. */
export async function egressOfBot(
  plane: Pick<ControlPlane, 'db' | 'settings'>,
  { id, workspaceId }: { id: string; workspaceId: string },
): Promise<Egress> {
  const lists = await readAs(plane, { workspaceId }, (tx) =>
    egressOfBots(tx, plane.settings, { workspaceId, ids: [id] }),
  );
  return lists.get(id) ?? { allowed: [], inside: [] };
}

/** A model provider: where its makers have it, or where the workspace says it is. */
type Place = { usualUrl?: string; baseUrl?: string; fallbackIds: string[] };

async function readConnectors(tx: Tx, workspaceId: string): Promise<Map<string, Place>> {
  const rows = await tx
    .selectFrom('connector')
    .select(['id', 'provider', 'baseUrl', 'model', 'api', 'models', 'rules'])
    .where('workspaceId', '=', workspaceId)
    .execute();
  return new Map(rows.map((row) => [row.id, placeOf(row)]));
}

function placeOf(row: Parameters<typeof planOf>[0] & { baseUrl: string | null }): Place {
  const fallbackIds = planOf(row).fallbacks.map(({ connectorId }) => connectorId);
  const provider = row.provider as Provider;
  if (provider === 'demo') return { fallbackIds };
  return row.baseUrl ? { baseUrl: row.baseUrl, fallbackIds } : { usualUrl: baseUrlOf({ provider }), fallbackIds };
}

/** The bot's own and those that stand in for it, which are asked as its supervisor asks them. */
function connectorsOf({ spec }: ConfiguredBot, connectors: ReadonlyMap<string, Place>): Place[] {
  const own = connectors.get(spec.connectorId);
  return own ? [own, ...own.fallbackIds.flatMap((id) => connectors.get(id) ?? [])] : [];
}
