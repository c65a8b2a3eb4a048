import type { SkillPin } from '@clawster/contract/settings';
import { skillName } from '@clawster/domain/skill/pin';
import type { SkillsDraft } from './settings-draft.ts';

/** A skill as a layer has it: named by it, come from below, or taken away from there. */
export type SkillChoice = { pin: SkillPin; state: 'given' | 'below' | 'out' };

/** What a layer comes to in skills, those from below first: as far as it is known what is below. */
export function choicesOf({ mode, own, without }: SkillsDraft, below: readonly SkillPin[]): SkillChoice[] {
  const known = mode === 'add' ? below : [];
  const unknown = without.filter((pin) => !known.includes(pin));
  return [
    ...known.map((pin) => ({ pin, state: stateOf(pin, without) })),
    ...own.filter((pin) => !known.includes(pin)).map((pin) => ({ pin, state: 'given' as const })),
    ...unknown.map((pin) => ({ pin, state: 'out' as const })),
  ];
}

/** With a version given; another version of the same skill makes room for it, named here or come from below. */
export function give(skills: SkillsDraft, pin: SkillPin, below: readonly SkillPin[]): SkillsDraft {
  const { mode, own, without } = letBe(skills, pin);
  const known = mode === 'add' ? below : [];
  const isOther = (other: SkillPin) => other !== pin && skillName(other) === skillName(pin);
  const others = own.filter((other) => !isOther(other));
  const older = known.filter((other) => isOther(other) && !without.includes(other));
  return {
    mode,
    own: known.includes(pin) ? others : [...others, pin],
    without: mode === 'add' ? [...without, ...older] : [],
  };
}

/** With a version taken away from what comes from below. */
export function takeAway(skills: SkillsDraft, pin: SkillPin): SkillsDraft {
  const { mode, own, without } = letBe(skills, pin);
  return { mode, own, without: [...without, pin] };
}

/** With nothing said of this version. */
export function letBe({ mode, own, without }: SkillsDraft, pin: SkillPin): SkillsDraft {
  const others = (pins: readonly SkillPin[]) => pins.filter((other) => other !== pin);
  return { mode, own: others(own), without: others(without) };
}

function stateOf(pin: SkillPin, without: readonly SkillPin[]): SkillChoice['state'] {
  return without.includes(pin) ? 'out' : 'below';
}
