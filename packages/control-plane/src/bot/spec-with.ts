import type { BotSpec, UpdateBot } from '@clawster/contract/bot';
import type { VariableValues } from '@clawster/contract/template';
import type { StoredTemplate } from '@clawster/domain/config/layers-of';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { given } from '../given.ts';
import { refuseUnsettable } from '../configuration/propose.ts';
import { findTemplate } from '../template/find-template.ts';
import type { Tx } from '../transaction.ts';
import { findConnector, refuseUnfitSpec } from './fit.ts';

export type SpecChanges = Omit<UpdateBot, 'botId' | 'reason'>;

/** A spec with changes made to it, and the template it then holds on to; what they do not name stays. Refuses what could never be deployed. */
export async function specWith(
  tx: Tx,
  workspaceId: string,
  { spec, changes }: { spec: BotSpec; changes: SpecChanges },
): Promise<{ spec: BotSpec; template: StoredTemplate | undefined }> {
  const { template: asked, ...plain } = changes;
  if (plain.connectorId && plain.connectorId !== spec.connectorId) {
    const connector = await findConnector(tx, plain.connectorId);
    plain.model ??= connector.model;
  }
  if (plain.profileIds) await refuseUnknownProfiles(tx, workspaceId, plain.profileIds);
  if (plain.settings) refuseUnsettable(plain.settings);
  const { template: before, ...rest } = { ...spec, ...given(plain) };
  const template = asked ? await findTemplate(tx, workspaceId, asked) : undefined;
  const use = template
    ? { id: template.id, version: template.version, variables: answersFor(template, before, asked?.variables) }
    : before;
  const changed: BotSpec = { ...rest, ...(asked === null || !use ? {} : { template: use }) };
  refuseUnfitSpec(changed);
  return { spec: changed, template };
}

/** Of the answers given before those that the template still asks for, below those given now. */
function answersFor(template: StoredTemplate, before: BotSpec['template'], now: VariableValues = {}): VariableValues {
  if (before?.id !== template.id) return now;
  const asked = new Set(template.content.variables.map(({ name }) => name));
  const kept = Object.entries(before.variables).filter(([name]) => asked.has(name));
  return { ...Object.fromEntries(kept), ...now };
}

async function refuseUnknownProfiles(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx
    .selectFrom('profile')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  const there = new Set(rows.map(({ id }) => id));
  if (ids.some((id) => !there.has(id)))
    throw Refusal.at(
      'profileIds',
      'not-found',
      'There is no such profile in this workspace: choose among its profiles',
    );
}
