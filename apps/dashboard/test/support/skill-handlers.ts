import { createHash } from 'node:crypto';
import type { SkillDetail, SkillFiles } from '@clawster/contract/skill';
import { layersOf } from '@clawster/domain/config/layers-of';
import { pinOf } from '@clawster/domain/skill/pin';
import { pinsOf } from '@clawster/domain/skill/pins';
import { scanSkill, whyNotSkill } from '@clawster/domain/skill/scan';
import { storeOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { type Handler, owner, tellEvent, type World } from './world.ts';

/** A version of a skill; how many bots have it is counted. */
export type StandInSkill = Omit<SkillDetail, 'botCount'>;
type One = { name: string; digest: string };

/** The catalogue, scanned by the same rules of the domain as the real server's. */
export const skillHandlers: Record<string, Handler> = {
  'skills.list': (world) => ({ items: inOrder(world.skills).map((one) => toSkill(world, one)) }),
  'skills.get': (world, one: One) => toSkill(world, found(world, one)),
  'skills.add': (world, { name, files }: { name: string; files: SkillFiles }) => {
    const why = whyNotSkill(name, files);
    if (why) throw new Refused('invalid', why, [{ path: 'files', message: why }]);
    const skill = makeSkill(name, files);
    const known = world.skills.find((other) => pinOf(other) === pinOf(skill));
    if (!known) world.skills.push(skill);
    tellEvent(world, 'skill-added');
    return toSkill(world, known ?? skill);
  },
  'skills.approve': (world, { reason, ...one }: One & { reason: string }) => {
    const skill = found(world, one);
    Object.assign(skill, { status: 'ready', approvedBy: owner.name });
    tellEvent(world, 'skill-approved', undefined, { digest: one.digest, reason });
    return toSkill(world, skill);
  },
  'skills.delete': (world, one: One) => {
    const skill = found(world, one);
    if (skill.builtIn) throw new Refused('refused', 'This skill comes with Clawster');
    if (toSkill(world, skill).botCount > 0) throw new Refused('refused', 'Bots have this version');
    world.skills = world.skills.filter((other) => other !== skill);
    tellEvent(world, 'skill-deleted');
    return {};
  },
};

/** A version as it is when it was just added: scanned, and held back where that found a danger. */
export function makeSkill(name: string, files: SkillFiles, createdAt = new Date().toISOString()): StandInSkill {
  const { description, findings } = scanSkill(files);
  return {
    name,
    digest: `sha256:${createHash('sha256').update(JSON.stringify(files)).digest('hex')}`,
    description,
    status: findings.some(({ severity }) => severity === 'danger') ? 'held' : 'ready',
    findings,
    characters: Object.values(files).join('').length,
    author: owner.name,
    builtIn: false,
    createdAt,
    files,
  };
}

/** The schema of the list leaves the files out. */
function toSkill(world: World, skill: StandInSkill): SkillDetail {
  const store = storeOf(world);
  const having = world.bots.filter((bot) => pinsOf(layersOf(bot, store).layers).includes(pinOf(skill)));
  return { ...skill, botCount: having.length };
}

/** By name, the newest version first. */
function inOrder(skills: readonly StandInSkill[]): StandInSkill[] {
  return skills.toSorted(
    (one, other) => one.name.localeCompare(other.name) || other.createdAt.localeCompare(one.createdAt),
  );
}

function found({ skills }: World, { name, digest }: One): StandInSkill {
  const skill = skills.find((one) => one.name === name && one.digest === digest);
  if (!skill) throw new Refused('not-found', 'There is no such version of a skill in this workspace');
  return skill;
}
