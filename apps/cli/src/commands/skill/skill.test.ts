import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Skill } from '@clawster/contract/skill';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const skill: Skill = {
  name: 'triage',
  digest: `sha256:${'1f'.repeat(32)}`,
  description: 'Sorts requests',
  status: 'held',
  findings: [{ severity: 'danger', file: 'SKILL.md', line: 3, message: 'It runs what it fetches' }],
  characters: 100,
  author: 'Ada',
  builtIn: false,
  botCount: 0,
  createdAt: '2026-01-01T00:00:00Z',
};
const cli = () =>
  cliAt({
    'skills.list': () => ({ items: [skill, { ...skill, digest: `sha256:${'2a'.repeat(32)}` }] }),
    'skills.get': () => ({ ...skill, files: { 'SKILL.md': 'text' } }),
    'skills.add': () => skill,
    'skills.approve': () => ({ ...skill, status: 'ready' }),
    'skills.delete': () => ({}),
  });

test('a skill is added from its folder, and what the scan found is told', async () => {
  const { run, server } = await cli();
  const folder = await mkdtemp(join(tmpdir(), 'skill-'));
  await writeFile(join(folder, 'SKILL.md'), '---\nname: triage\ndescription: Sorts\n---\n');
  await writeFile(join(folder, '.hidden'), 'x');
  const { stdout } = await run(['skill', 'add', 'triage', folder]);
  expect(stdout).toContain('! SKILL.md:3: It runs what it fetches');
  expect(stdout).toContain('clawster skill approve triage --reason');
  expect(Object.keys((server.calls.at(-1)?.input as { files: object } | undefined)?.files ?? {})).toEqual(['SKILL.md']);
  await writeFile(join(folder, 'run.sh'), 'x');
  expect((await run(['skill', 'add', 'triage', folder])).stderr).toContain('A skill holds texts');
  expect((await run(['skill', 'add', 'triage', '/nowhere'])).stderr).toContain('cannot be read');
});

test('a version is meant by its name or by the beginning of its digest', async () => {
  const { run, server } = await cli();
  expect((await run(['skill', 'list'])).stdout).toMatch(/triage +sha256:1f1f1f1f1f1f +held back +1 +0 +Sorts requests/);
  await run(['skill', 'approve', 'triage@sha256:2a', '--reason', 'Read it']);
  expect(server.calls.at(-1)?.input).toMatchObject({ digest: `sha256:${'2a'.repeat(32)}`, reason: 'Read it' });
  expect((await run(['skill', 'show', 'triage'])).stdout).toContain('── SKILL.md\ntext');
  expect((await run(['skill', 'approve', 'triage@sha256:', '--reason', 'x'])).stderr).toContain(
    'write more of the digest',
  );
  expect((await run(['skill', 'delete', 'nope'])).stderr).toContain('clawster skill list');
});
