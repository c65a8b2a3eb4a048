import { expect, test } from 'vitest';
import { fileOf, readTemplate } from './template-file.ts';

const content = { variables: [], settings: { identity: { role: 'Helps' } }, locked: ['identity.role'] };

test('what is exported is read again as it was', () => {
  const file = { name: 'Desk', summary: 'Helps', content };
  expect(readTemplate(fileOf(file))).toEqual({ kind: 'clawster-template', ...file });
});

test.each([
  ['not JSON', '{', 'no JSON'],
  ['of another kind', '{"kind":"other","name":"x","content":{}}', 'no template'],
  ['without a content', '{"kind":"clawster-template","name":"x"}', 'no template'],
  ['nothing', 'null', 'no template'],
])('a file that is %s is refused in words', (_, text, words) => expect(readTemplate(text)).toContain(words));
