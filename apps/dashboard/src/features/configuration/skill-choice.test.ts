import { expect, test } from 'vitest';
import type { SkillsDraft } from './settings-draft.ts';
import { choicesOf, give, letBe, takeAway } from './skill-choice.ts';

const nothing: SkillsDraft = { mode: 'add', own: [], without: [] };

test('a newer version makes room for itself, whether the older is named here or comes from below', () => {
  expect(give({ ...nothing, own: ['a@1', 'b@1'] }, 'a@2', [])).toEqual({ ...nothing, own: ['b@1', 'a@2'] });
  expect(give(nothing, 'a@2', ['a@1', 'b@1'])).toEqual({ mode: 'add', own: ['a@2'], without: ['a@1'] });
  const replacing: SkillsDraft = { mode: 'replace', own: ['a@1'], without: [] };
  expect(give(replacing, 'a@2', ['a@1'])).toEqual({ mode: 'replace', own: ['a@2'], without: [] });
});

test('what comes from below is taken back by saying nothing of it, and the newer one goes', () => {
  const newer = give(nothing, 'a@2', ['a@1']);
  expect(give(newer, 'a@1', ['a@1'])).toEqual({ mode: 'add', own: [], without: [] });
});

test('a version is taken away from below, and let be again', () => {
  const away = takeAway({ ...nothing, own: ['a@1'] }, 'a@1');
  expect(away).toEqual({ ...nothing, without: ['a@1'] });
  expect(letBe(away, 'a@1')).toEqual(nothing);
});

test('what a layer has is told with where it comes from; without knowing what is below, what it takes away as well', () => {
  const skills: SkillsDraft = { mode: 'add', own: ['c@1'], without: ['a@1', 'x@1'] };
  expect(choicesOf(skills, ['a@1', 'b@1'])).toEqual([
    { pin: 'a@1', state: 'out' },
    { pin: 'b@1', state: 'below' },
    { pin: 'c@1', state: 'given' },
    { pin: 'x@1', state: 'out' },
  ]);
  expect(choicesOf({ ...skills, mode: 'replace', without: [] }, ['a@1'])).toEqual([{ pin: 'c@1', state: 'given' }]);
});
