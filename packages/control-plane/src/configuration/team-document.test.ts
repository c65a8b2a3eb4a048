import { effectiveOf } from '@clawster/domain/config/effective';
import { teamServerName } from '@clawster/domain/team/document';
import { teamServer } from '@clawster/link/team';
import { expect, test } from 'vitest';
import { checkDocument } from './check-document.ts';

test('what OpenClaw is told of a team is what its schema takes, under the name that the supervisor serves', () => {
  const facts = { name: 'Shop', charter: '', title: 'Support', isLead: false, tools: ['delegate'], teammates: [] };
  const { document, issues } = effectiveOf({ name: 'Ada', provider: 'demo', model: 'demo', team: facts });
  expect([issues, checkDocument(document, '2026.9.6')]).toEqual([[], []]);
  expect(teamServerName).toBe(teamServer);
});
