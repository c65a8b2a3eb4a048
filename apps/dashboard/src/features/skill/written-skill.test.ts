import { expect, test } from 'vitest';
import { filesOf, saySize, whyNotYet, withFiles, type WrittenSkill } from './written-skill.ts';

const empty: WrittenSkill = { name: '', text: undefined, others: {} };
const text = '---\nname: triage\ndescription: Sorts requests\n---\nRead it.';

test('a skill begins with the head that names it, and says what is missing until it is one', () => {
  expect(whyNotYet(empty)).toContain('small letters');
  const named = { ...empty, name: 'triage' };
  expect(filesOf(named)['SKILL.md']).toContain('name: triage');
  expect(whyNotYet(named)).toContain('description:');
  expect(whyNotYet({ ...named, text })).toBeUndefined();
  expect(whyNotYet({ ...named, name: 'other', text })).toContain('let both say the same');
  expect(whyNotYet({ ...named, text: 'x'.repeat(64_001) })).toContain('64,000');
});

test('a folder takes the place of what was there and names the skill; files come beside it', () => {
  const folder = withFiles({ ...empty, others: { 'old.md': 'x' } }, { folder: 'triage', files: { 'SKILL.md': text } });
  expect(folder).toEqual({ name: 'triage', text, others: {} });
  const more = withFiles(folder, { files: { 'words.csv': 'a,b' } });
  expect(more).toEqual({ name: 'triage', text, others: { 'words.csv': 'a,b' } });
  expect(withFiles({ ...empty, name: 'mine' }, { folder: 'triage', files: {} }).name).toBe('mine');
  expect(withFiles(empty, { folder: 'My Folder', files: {} }).name).toBe('');
  expect(saySize(more)).toBe(`2 of 40 files, ${text.length + 3} of 256,000 characters`);
});
