import type { Manifest } from '@clawster/contract/manifest';
import type { PlannedStep } from '@clawster/domain/manifest/plan';
import { Refusal } from '@clawster/domain/refusal';
import { actorOf } from '../caller.ts';
import type { CommandContext } from '../command.ts';
import { makeOverlay } from '../overlay/create-overlay.ts';
import { removeOverlay } from '../overlay/delete-overlay.ts';
import { changeOverlay } from '../overlay/update-overlay.ts';
import { makeProfile } from '../profile/create-profile.ts';
import { removeProfile } from '../profile/delete-profile.ts';
import { changeProfile } from '../profile/update-profile.ts';
import { insertSkill } from '../skill/add-skill.ts';
import { allowSkill } from '../skill/approve-skill.ts';
import { removeSkill } from '../skill/delete-skill.ts';
import { insertTemplate } from '../template/create-template.ts';
import { removeTemplate } from '../template/delete-template.ts';
import { changeTemplate } from '../template/update-template.ts';
import { idOf } from './id-of.ts';

type Kind<K extends Manifest['kind']> = Extract<Manifest, { kind: K }>;

/** Makes, changes or deletes one template, profile or overlay. */
export async function carryOutLayer(context: CommandContext, step: PlannedStep): Promise<void> {
  const { wanted } = step;
  if (!wanted) return remove(context, step);
  if (wanted.kind === 'Skill') return skill(context, wanted);
  if (wanted.kind === 'Template') return template(context, step, wanted);
  if (wanted.kind === 'Profile') return profile(context, step, wanted);
  if (wanted.kind === 'Overlay') return overlay(context, step, wanted);
}

async function remove(context: CommandContext, { kind, name, current }: PlannedStep): Promise<void> {
  if (current?.kind === 'Skill') await removeSkill(context, { name, digest: current.digest ?? '' });
  if (kind === 'Template') await removeTemplate(context, { templateId: await idOf(context, 'template', name) });
  if (kind === 'Profile') await removeProfile(context, { profileId: await idOf(context, 'profile', name) });
  if (kind === 'Overlay') await removeOverlay(context, { overlayId: await idOf(context, 'overlay', name) });
}

/** One that its scan holds back is of use only with a reason. A version that is there already is not added twice. */
async function skill(context: CommandContext, { name, files, approved }: Kind<'Skill'>): Promise<void> {
  const { digest, status } = await insertSkill(context, { name, files });
  if (status === 'held' && approved) await allowSkill(context, { name, digest, reason: approved });
}

async function template(context: CommandContext, step: PlannedStep, wanted: Kind<'Template'>): Promise<void> {
  const { name, summary, content } = wanted;
  if (step.do === 'create') {
    const { id } = await insertTemplate(context, { name, summary: summary ?? '', content, version: wanted.version });
    return keepOlder(context, id, wanted);
  }
  const isOther = step.changes.some(({ path }) => path.startsWith('content'));
  const templateId = await idOf(context, 'template', name);
  await changeTemplate(context, { templateId, summary, note: 'From files', ...(isOther ? { content } : {}) });
}

/** Versions that bots of these files hold on to. */
async function keepOlder({ tx, caller }: CommandContext, templateId: string, { name, older = [] }: Kind<'Template'>) {
  for (const { version, content } of older)
    await tx
      .insertInto('templateVersion')
      .values({ workspaceId: caller.workspaceId, templateId, version, name, content, author: actorOf(caller) })
      .execute();
}

async function profile(context: CommandContext, step: PlannedStep, wanted: Kind<'Profile'>): Promise<void> {
  const { kind: _, labels, ...rest } = wanted;
  if (step.do === 'create') {
    const { description = '', priority = 100, locked = [], name, settings } = rest;
    await makeProfile(context, {
      name,
      settings,
      description,
      priority,
      locked,
      ...(labels ? { selector: labels } : {}),
    });
    return;
  }
  const profileId = await idOf(context, 'profile', wanted.name);
  await changeProfile(context, { profileId, ...rest, selector: labels, reason: 'From files' });
}

async function overlay(context: CommandContext, step: PlannedStep, wanted: Kind<'Overlay'>): Promise<void> {
  const { kind: _, bot, labels, expiresAt, name, settings, reason, priority } = wanted;
  // Whom an overlay is for cannot be changed: it is another one.
  const isForOthers = step.do === 'update' && step.changes.some(({ path }) => /^(bot$|labels)/.test(path));
  if (isForOthers) await removeOverlay(context, { overlayId: await idOf(context, 'overlay', name) });
  if (step.do === 'update' && !isForOthers) {
    const overlayId = await idOf(context, 'overlay', name);
    await changeOverlay(context, { overlayId, settings, reason, priority, expiresAt });
    return;
  }
  if ((bot === undefined) === (labels === undefined))
    throw Refusal.at('labels', 'invalid', 'Say for which bot, or for which labels: one of the two');
  await makeOverlay(context, {
    name,
    settings,
    reason: reason ?? '',
    priority: priority ?? 100,
    ...(bot ? { botId: await idOf(context, 'bot', bot) } : {}),
    ...(labels ? { selector: labels } : {}),
    ...(expiresAt ? { expiresAt } : {}),
  });
}
