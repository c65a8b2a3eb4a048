import type { Settings } from '@clawster/contract/settings';
import { expect, test } from 'vitest';
import {
  draftOf,
  goalsOf,
  settingsOf,
  skillsOf,
  toolsOf,
  withGoals,
  withRaw,
  withSkills,
  withText,
  withTool,
} from './settings-draft.ts';

const empty = draftOf({});

test.each<Settings>([
  {},
  { identity: { role: 'Helps', goals: { $add: [{ goal: 'A', measure: 'B' }] } } },
  { identity: null },
  { skills: null },
  { identity: { role: null, goals: [] } },
  { openclaw: { tools: { allow: ['read'] } }, skills: { $add: [] } },
])('a draft that nobody touched saves what it was made of: %j', (settings) => {
  expect(settingsOf(draftOf(settings))).toEqual(settings);
});

test('an emptied text says nothing, null takes away what is below', () => {
  const written = withText(empty, 'role', 'Helps');
  expect(settingsOf(written)).toEqual({ identity: { role: 'Helps' } });
  expect(settingsOf(withText(written, 'role', ''))).toEqual({});
  expect(settingsOf(withText(written, 'role', null))).toEqual({ identity: { role: null } });
});

test('goals are added to those below or take their place; unwritten ones are not saved', () => {
  const own = [{ goal: ' A ', measure: '' }, { goal: '' }];
  const added = withGoals(empty, { mode: 'add', own, without: [{ goal: 'Old' }] });
  expect(settingsOf(added)).toEqual({ identity: { goals: { $add: [{ goal: 'A' }], $remove: [{ goal: 'Old' }] } } });
  const replaced = withGoals(added, { mode: 'replace', own, without: [] });
  expect(settingsOf(replaced)).toEqual({ identity: { goals: [{ goal: 'A' }] } });
  expect(goalsOf(replaced.settings).mode).toBe('replace');
  expect(settingsOf(withGoals(added, { mode: 'add', own: [], without: [] }))).toEqual({});
});

test('skills are added to those below and leave some of them out, or take their place', () => {
  const added = withSkills(empty, { mode: 'add', own: ['a@1'], without: ['b@1'] });
  expect(settingsOf(added)).toEqual({ skills: { $add: ['a@1'], $remove: ['b@1'] } });
  const replaced = withSkills(added, { mode: 'replace', own: [], without: [] });
  expect(settingsOf(replaced)).toEqual({ skills: [] });
  expect([skillsOf(replaced.settings).mode, skillsOf({ skills: null }).mode]).toEqual(['replace', 'replace']);
  expect(settingsOf(withSkills(replaced, { mode: 'add', own: [], without: [] }))).toEqual({});
});

test('a tool is given, taken away or left to the layers below, and the text follows', () => {
  const given = withTool(withTool(empty, 'ls', 'on'), 'read', 'off');
  expect(settingsOf(given)).toEqual({ openclaw: { tools: { allow: { $add: ['ls'], $remove: ['read'] } } } });
  expect(JSON.parse(given.raw)).toEqual(given.settings.openclaw);
  expect(settingsOf(withTool(withTool(given, 'ls', 'below'), 'read', 'below'))).toEqual({});
  const list = draftOf({ openclaw: { tools: { allow: ['read'], deny: ['x'] } } });
  expect(toolsOf(withTool(list, 'ls', 'on').settings).list).toEqual(['read', 'ls']);
  expect(settingsOf(withTool(list, 'read', 'off'))).toEqual({ openclaw: { tools: { allow: [], deny: ['x'] } } });
});

test('a text that is no JSON yet changes nothing and says why', () => {
  const draft = withRaw(draftOf({ identity: { role: 'x' } }), '{ "messages": { "queue": "steer" } }');
  expect(draft.settings.openclaw).toEqual({ messages: { queue: 'steer' } });
  const broken = withRaw(draft, '{ "messages": ');
  expect([broken.rawTrouble, broken.settings]).toEqual([expect.stringContaining('no JSON'), draft.settings]);
  expect(withRaw(draft, '[1]').rawTrouble).toContain('Write an object');
  expect(settingsOf(withRaw(draft, ''))).toEqual({ identity: { role: 'x' } });
});
