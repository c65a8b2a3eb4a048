import type { ListedBot } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { type BotChange, type BulkAsk, changeFor } from './bulk-change.ts';

const house = { id: 'house', name: 'House' };
const newest: BulkAsk = { kind: 'upgrade', templates: [{ id: 'desk', version: 3 }] };
const botWith = (spec: Partial<ListedBot['spec']>) => ({ spec: { profileIds: [], ...spec } }) as unknown as ListedBot;
const madeFrom = (id: string, version: number) => botWith({ template: { id, version, variables: {} } });

test.each<[string, BulkAsk, ListedBot, BotChange | undefined]>([
  [
    'a profile is attached above those that are there',
    { kind: 'attach', profile: house },
    botWith({ profileIds: ['other'] }),
    { profileIds: ['other', 'house'] },
  ],
  ['one that is there is not', { kind: 'attach', profile: house }, botWith({ profileIds: ['house'] }), undefined],
  [
    'a profile is taken from among the others, which keep their order',
    { kind: 'detach', profile: house },
    botWith({ profileIds: ['one', 'house', 'two'] }),
    { profileIds: ['one', 'two'] },
  ],
  ['one that is not there is not', { kind: 'detach', profile: house }, botWith({}), undefined],
  ['an older version becomes the newest', newest, madeFrom('desk', 1), { template: { id: 'desk', version: 3 } }],
  ['the newest stays', newest, madeFrom('desk', 3), undefined],
  ['a template that is gone stays as it is', newest, madeFrom('gone', 1), undefined],
  ['a bot without a template gets none', newest, botWith({}), undefined],
])('%s', (_, ask, bot, expected) => expect(changeFor(ask, bot)).toEqual(expected));
