import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Settings } from '@clawster/contract/settings';
import { effectiveOf } from '@clawster/domain/config/effective';
import { builtInSkills } from '@clawster/domain/skill/built-in';
import { pinOf } from '@clawster/domain/skill/pin';
import { builtInTemplates } from '@clawster/domain/template/built-in';
import { fillTemplate, sampleAnswers } from '@clawster/domain/template/fill';
import { skillDigest } from '@clawster/link/skill-digest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RealBot, startRealBot } from './testing/real-bot.ts';
import { realStartTimeoutMs } from './testing/real-gateway.ts';

// One gateway that becomes each of them in turn, as bots do that change their template.

const model = 'recorder-1';
let bot: RealBot;
beforeAll(async () => {
  bot = await startRealBot(model);
}, realStartTimeoutMs);
afterAll(() => bot?.stop(), 60_000);

test.each(builtInTemplates)(
  'the real OpenClaw runs $id: the model is told who it is and its goals, and is offered just its tools',
  async ({ name, content }) => {
    const { settings } = fillTemplate(content, sampleAnswers(content));
    const layer = { ref: { kind: 'template' as const, name }, settings };
    const { document, files } = effectiveOf({ name: 'Ada', provider: 'openai-compatible', model }, [layer]);
    const given = builtInSkills.filter((skill) => pinsOf(settings).includes(pinOf(skill)));
    await bot.configure({ document, files, skills: given });
    expect((await bot.hear('Who are you?')).length).toBeGreaterThan(0);
    const { system = '', tools = [] } = bot.provider.requests.at(-1) ?? {};
    const { identity } = Settings.parse(settings);
    for (const text of [identity?.role, identity?.personality, identity?.style]) expect(system).toContain(text);
    const goals = (identity?.goals ?? []) as { goal: string; measure: string }[];
    expect(goals.length).toBeGreaterThan(1);
    for (const { goal, measure } of goals) {
      expect(system).toContain(goal);
      expect(system).toContain(`Reached when: ${measure}`);
    }
    expect(given.length).toBeGreaterThan(0);
    for (const { name: skill } of given) expect(system).toContain(`skills/${skill}/SKILL.md`);
    expect(system).toContain('- Name: Ada');
    const { allow } = document['tools'] as { allow: string[] };
    expect(tools).toEqual(offered(allow));
  },
  realStartTimeoutMs,
);

test(
  'a skill that a bot was given is told to its model and can be read by it, and one that lies there by itself is not',
  async () => {
    const files = { 'SKILL.md': '---\nname: triage\ndescription: Sorts requests by who must act\n---\nSort them.\n' };
    const skill = { name: 'triage', digest: skillDigest(files), files };
    const layer = { ref: { kind: 'own' as const, name: 'Ada' }, settings: { skills: [`triage@${skill.digest}`] } };
    const effective = effectiveOf({ name: 'Ada', provider: 'openai-compatible', model }, [layer]);
    await bot.configure({ document: effective.document, files: effective.files, skills: [skill] });
    await mkdir(join(bot.folder.workspace, 'skills/own'), { recursive: true });
    await writeFile(
      join(bot.folder.workspace, 'skills/own/SKILL.md'),
      files['SKILL.md'].replaceAll('triage', 'own-idea'),
    );
    expect(await bot.hear('#demo tool read {"path":"skills/triage/SKILL.md"}')).toContain('Sort them.');
    const { system = '' } = bot.provider.requests.at(-1) ?? {};
    expect(system).toContain('Sorts requests by who must act');
    expect(system).not.toContain('own-idea');
  },
  realStartTimeoutMs,
);

function pinsOf(settings: unknown): string[] {
  return (Settings.parse(settings).skills ?? []) as string[];
}

/** `write` brings the patch tool with it (openclaw-agents.md, section 2). */
function offered(allow: string[]): string[] {
  return [...new Set([...allow, ...(allow.includes('write') ? ['apply_patch'] : [])])].toSorted();
}
