import { api } from '@clawster/contract/api';
import type { ProposedChange } from '@clawster/contract/configuration';
import type { Permission } from '@clawster/contract/permission';
import { Refusal } from '@clawster/domain/refusal';
import { proposeBot } from '../bot/propose-bot.ts';
import { notFound } from '../bot/bot.queries.ts';
import type { SignedIn } from '../caller.ts';
import { newOverlay } from '../overlay/create-overlay.ts';
import { getOverlay } from '../overlay/overlay.queries.ts';
import { changedOverlay, proposeOverlay } from '../overlay/save-overlay.ts';
import { newProfile } from '../profile/create-profile.ts';
import { getProfile } from '../profile/profile.queries.ts';
import { changedProfile, proposeProfile } from '../profile/save-profile.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { readConfigured } from './configured-bot.ts';
import { type Changed, tellImpact } from './impact.ts';
import { proposeLayer } from './propose.ts';

/** Which bots a change would concern and how, by the same rules that make it. */
export const previewChange = query(api.configurations.preview, async ({ tx, caller }, { proposed, limit }) => {
  refuseUnlessMay(caller, proposed);
  return tellImpact(await changedBy(tx, caller.workspaceId, proposed), limit);
});

/** Who may not see the layers of a workspace sees nothing of them here either. */
function refuseUnlessMay({ permissions }: SignedIn, { kind }: ProposedChange): void {
  const needed =
    ({ bot: 'bot:read', profile: 'profile:read', 'new-profile': 'profile:read' } as Record<string, Permission>)[kind] ??
    'overlay:read';
  if (kind !== 'bot' && !permissions.has(needed)) throw new Refusal('forbidden', `This takes the permission ${needed}`);
}

async function changedBy(tx: Tx, workspaceId: string, proposed: ProposedChange): Promise<Changed[]> {
  switch (proposed.kind) {
    case 'bot':
      return [(await botChange(tx, workspaceId, proposed)).changed];
    case 'new-profile':
      return proposeProfile(tx, workspaceId, newProfile(proposed.change));
    case 'profile':
      return profileChange(tx, workspaceId, proposed);
    case 'new-overlay':
      return proposeOverlay(tx, workspaceId, newOverlay(proposed.change));
    case 'overlay':
      return overlayChange(tx, workspaceId, proposed);
  }
}

async function botChange(tx: Tx, workspaceId: string, { botId, change }: ProposedChange & { kind: 'bot' }) {
  const [bot] = await readConfigured(tx, workspaceId, { ids: [botId] });
  if (!bot) throw notFound();
  const { reason: _, ...changes } = change;
  return proposeBot(tx, workspaceId, { bot, changes });
}

async function profileChange(tx: Tx, workspaceId: string, { profileId, change }: ProposedChange & { kind: 'profile' }) {
  const profile = await getProfile(tx, profileId);
  return change
    ? proposeProfile(tx, workspaceId, changedProfile(profile, change))
    : proposeLayer(tx, workspaceId, { profile: { id: profileId, after: undefined } });
}

async function overlayChange(tx: Tx, workspaceId: string, { overlayId, change }: ProposedChange & { kind: 'overlay' }) {
  const overlay = await getOverlay(tx, overlayId);
  return change
    ? proposeOverlay(tx, workspaceId, changedOverlay(overlay, change))
    : proposeLayer(tx, workspaceId, { overlay: { id: overlayId, after: undefined } });
}
