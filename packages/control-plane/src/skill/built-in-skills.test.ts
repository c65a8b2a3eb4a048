import { SkillFiles, SkillName } from '@clawster/contract/skill';
import { builtInSkills } from '@clawster/domain/skill/built-in';
import { pinOf } from '@clawster/domain/skill/pin';
import { scanSkill, whyNotSkill } from '@clawster/domain/skill/scan';
import { builtInTemplates } from '@clawster/domain/template/built-in';
import { skillDigest } from '@clawster/link/skill-digest';
import { describe, expect, test } from 'vitest';

describe.each(builtInSkills)('the built-in skill $name', ({ name, digest, files }) => {
  test('is named by the digest of what it holds', () => expect(digest).toBe(skillDigest(files)));

  test('is a skill like any other, in which the scan finds nothing', () => {
    expect([SkillName.safeParse(name).success, SkillFiles.safeParse(files).success]).toEqual([true, true]);
    expect(whyNotSkill(name, files)).toBeUndefined();
    expect(scanSkill(files).findings).toEqual([]);
    expect(scanSkill(files).description.length).toBeGreaterThan(20);
  });
});

test('each built-in template has a skill of its own, in the version that comes with it', () => {
  const pins = builtInTemplates.map(({ content }) => content.settings['skills'] as string[]);
  expect(pins.every(({ length }) => length > 0)).toBe(true);
  expect(pins.flat().toSorted()).toEqual(builtInSkills.map(pinOf).toSorted());
});
