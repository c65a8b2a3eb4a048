import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identityFiles } from './identity-files.ts';
import { identityFrom } from './identity-from.ts';

const line = fc.stringMatching(/^[A-Za-z][A-Za-z ,.;!?]{0,60}$/).map((text) => text.trim());
const prose = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n\n'));

test('who a bot is comes back from the files it was written into', () =>
  fc.assert(
    fc.property(
      fc.record({
        personality: prose,
        role: fc.option(prose, { nil: undefined }),
        style: fc.option(prose, { nil: undefined }),
        emoji: fc.constantFrom(undefined, '🦞'),
        team: fc.option(prose, { nil: undefined }),
      }),
      ({ personality, role, style, emoji, team }) => {
        const read = identityFrom(identityFiles({ name: 'Ada', personality, role, style, emoji, team }));
        const { identity = {} } = read.settings;
        expect(read.personality).toBe(personality);
        expect(identity).toEqual({
          ...(role ? { role } : {}),
          ...(style ? { style } : {}),
          ...(emoji ? { emoji } : {}),
        });
      },
    ),
  ));

test('what a bot wrote there itself is read as text, or left out', () => {
  expect(identityFrom({})).toEqual({ personality: '', settings: {} });
  expect(identityFrom({ 'SOUL.md': 'x'.repeat(9_000), 'AGENTS.md': '', 'IDENTITY.md': '- Emoji: ' })).toEqual({
    personality: '',
    settings: {},
  });
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('SOUL.md', 'AGENTS.md', 'IDENTITY.md'), fc.string()), (files) => {
      expect(typeof identityFrom(files).personality).toBe('string');
    }),
  );
});
