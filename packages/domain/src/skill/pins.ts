import type { Document } from '@clawster/contract/document';
import { type Layer, mergeLayers } from '../config/merge.ts';
import type { SettingIssue } from '../config/settable.ts';
import { skillName } from './pin.ts';

/** The skills that layers come to, without all the rest they say. */
export function pinsOf(layers: readonly Layer[]): string[] {
  return pinsIn(mergeLayers(layers.map((layer) => ({ ...layer, settings: skillsAlone(layer.settings) }))).value);
}

function skillsAlone({ skills }: Document): Document {
  return skills === undefined ? {} : { skills };
}

/** The skills that merged layers name. */
export function pinsIn({ skills }: Document): string[] {
  return Array.isArray(skills) ? skills.filter((pin): pin is string => typeof pin === 'string') : [];
}

/** Why a bot cannot have the skills its layers name: they are not in the catalogue, held back, or two versions of one. */
export function whyNotSkills(
  pins: readonly string[],
  catalogue: ReadonlyMap<string, 'ready' | 'held'>,
): SettingIssue[] {
  const names = pins.map(skillName);
  return pins.flatMap((pin, at) => {
    const name = names[at] ?? pin;
    const status = catalogue.get(pin);
    const tell = (message: string) => [{ path: 'skills', message }];
    if (status === undefined)
      return tell(`There is no skill ${pin.slice(0, name.length + 16)}… in the catalogue: add it first`);
    if (status === 'held') return tell(`The skill ${name} is held back by what its scan found: approve it first`);
    return names.indexOf(name) < at ? tell(`There are two versions of the skill ${name}: keep one`) : [];
  });
}
