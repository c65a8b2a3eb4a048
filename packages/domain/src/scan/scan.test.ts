import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareFindings } from './compare.ts';
import { fixOf, type FixFacts } from './fix.ts';
import { secretLabel } from './secret-label.ts';

const onBot = { kind: 'bot', botName: 'Ada' } as const;
const named = { secretId: '00000000-0000-4000-8000-000000000001', secretName: 'OpenAI key', packed: false };

test.each<[FixFacts, string]>([
  [
    { ...named, place: { ...onBot, part: 'file', name: 'logs/gateway.log', line: 12 } },
    'Rotate OpenAI key, then delete line 12 of logs/gateway.log on the host of Ada',
  ],
  [
    { ...named, place: { ...onBot, part: 'file', name: 'state/a.sqlite' } },
    'Rotate OpenAI key, then delete it from state/a.sqlite on the host of Ada',
  ],
  [
    { ...named, packed: true, place: { ...onBot, part: 'file', name: 'old.gz' } },
    'Rotate OpenAI key, then delete old.gz on the host of Ada, or pack it anew without it',
  ],
  [
    { ...named, place: { ...onBot, part: 'file-name', name: 'a [secret]' } },
    'Rotate OpenAI key, then rename or delete a [secret] on the host of Ada',
  ],
  [
    { ...named, place: { kind: 'server', host: 'one', part: 'environment', name: 'node' } },
    'Rotate OpenAI key, then start node on the server one without it in its environment',
  ],
  [
    { ...named, place: { ...onBot, part: 'command-line', name: 'curl' } },
    'Rotate OpenAI key, then start curl on the host of Ada without it on its command line',
  ],
  [
    {
      secretName: secretLabel('bot', 'Ada'),
      packed: false,
      place: { kind: 'database', part: 'column', name: 'event.detail', row: '7' },
    },
    'Replace the gateway token of Ada, then overwrite it in event.detail of the row 7',
  ],
])('what to do is said by where it was found: %j', (facts, sentence) => expect(fixOf(facts)).toBe(sentence));

const known = (key: string, isOpen: boolean, place = 'a') => ({ id: `id of ${key}`, key, place, isOpen });
const nothing = () => false;

test.each([
  ['what was not known is opened', [], ['a'], nothing, { opened: ['a'], still: [], fixed: [] }],
  ['what is still there stays', [known('a', true)], ['a'], nothing, { opened: [], still: ['id of a'], fixed: [] }],
  ['what is gone is fixed', [known('a', true)], [], nothing, { opened: [], still: [], fixed: ['id of a'] }],
  ['what is back is opened again', [known('a', false)], ['a'], nothing, { opened: ['a'], still: [], fixed: [] }],
  ['what was fixed is not fixed again', [known('a', false)], [], nothing, { opened: [], still: [], fixed: [] }],
  [
    'what could not be looked at is not fixed',
    [known('a', true, 'closed'), known('b', true)],
    [],
    (place: string) => place === 'closed',
    { opened: [], still: [], fixed: ['id of b'] },
  ],
])('%s', (_, before, keys, isLeftOut, expected) => {
  const { opened, still, fixed } = compareFindings(
    before,
    keys.map((key) => ({ key })),
    isLeftOut,
  );
  expect({ opened: opened.map(({ key }) => key), still: still.map(({ id }) => id), fixed }).toEqual(expected);
});

test('whatever was known and whatever is seen, a whole look leaves open what is seen and nothing else', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(20)),
      fc.uniqueArray(fc.nat(20)),
      fc.uniqueArray(fc.nat(20)),
      (all, open, seen) => {
        const before = all.map((key) => known(String(key), open.includes(key)));
        const { opened, still, fixed } = compareFindings(
          before,
          seen.map((key) => ({ key: String(key) })),
          nothing,
        );
        const left = new Set(before.filter(({ isOpen, id }) => isOpen && !fixed.includes(id)).map(({ key }) => key));
        for (const { key } of opened) left.add(key);
        expect(left).toEqual(new Set(seen.map(String)));
        expect(opened.length + still.length).toBe(seen.length);
      },
    ),
  ));
