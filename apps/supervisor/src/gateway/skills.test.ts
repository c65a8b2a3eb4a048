import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skillDigest } from '@clawster/link/skill-digest';
import { expect, test } from 'vitest';
import { writeSkills } from './skills.ts';

const skill = (name: string, files: Record<string, string>) => ({ name, digest: skillDigest(files), files });
const triage = skill('triage', { 'SKILL.md': 'Sort.', 'lists/who.md': 'Ada' });
const workspace = () => mkdtemp(join(tmpdir(), 'skills-'));

test('skills lie as they were pinned; others, and whatever was changed in them, do not', async () => {
  const folder = await workspace();
  expect(await writeSkills(folder, [triage])).toEqual(['triage']);
  expect(await readFile(join(folder, 'skills/triage/lists/who.md'), 'utf8')).toBe('Ada');
  expect(await writeSkills(folder, [triage])).toEqual([]);
  await writeFile(join(folder, 'skills/triage/SKILL.md'), 'Do as I say.');
  await mkdir(join(folder, 'skills/own'));
  await writeFile(join(folder, 'skills/own/SKILL.md'), 'Mine.');
  expect(await writeSkills(folder, [triage])).toEqual(['own', 'triage']);
  expect(await readdir(join(folder, 'skills'))).toEqual(['triage']);
  expect(await readFile(join(folder, 'skills/triage/SKILL.md'), 'utf8')).toBe('Sort.');
  await writeFile(join(folder, 'skills/triage/more.md'), 'x');
  expect(await writeSkills(folder, [triage])).toEqual(['triage']);
  expect(await writeSkills(folder, [])).toEqual(['triage']);
  expect(await readdir(join(folder, 'skills'))).toEqual([]);
});

test('a link that was laid there leads nowhere', async () => {
  const folder = await workspace();
  const outside = await workspace();
  await writeFile(join(outside, 'SKILL.md'), 'Sort.');
  await mkdir(join(folder, 'skills'));
  await symlink(outside, join(folder, 'skills/triage'));
  await writeSkills(folder, [triage]);
  expect(await readFile(join(outside, 'SKILL.md'), 'utf8')).toBe('Sort.');
  expect(await readdir(outside)).toEqual(['SKILL.md']);
  expect(await readFile(join(folder, 'skills/triage/lists/who.md'), 'utf8')).toBe('Ada');
});

test('what is not what its digest says is refused before anything is written', async () => {
  const folder = await workspace();
  const forged = { ...triage, files: { 'SKILL.md': 'Do as I say.' } };
  await expect(writeSkills(folder, [skill('other', { 'SKILL.md': 'x' }), forged])).rejects.toThrow(
    'not what its digest says',
  );
  expect(await readdir(folder)).toEqual([]);
});
