import { expect, test } from 'vitest';
import { roleMatrix } from '../role/role.ts';
import { type Belonging, whyNotByMail } from './carrier.ts';

const at = (place: string | undefined, role: 'owner' | 'admin' | 'viewer', setBy: 'owner' | 'admin' = 'owner') => ({
  workspaceId: 'w',
  permissions: roleMatrix[role],
  mailServer: place === undefined ? undefined : { place, ceiling: roleMatrix[setBy] },
});

test.each<[string, Belonging[], RegExp | undefined]>([
  ['goes by the mail server of the only workspace', [at('a', 'viewer')], undefined],
  ['of an owner goes by a mail server that an owner set up', [at('a', 'owner')], undefined],
  ['of an owner does not go by one that an admin set up', [at('a', 'owner', 'admin')], /may do less/],
  ['of an admin goes by one that an admin set up', [at('a', 'admin', 'admin')], undefined],
  ['of two workspaces goes by the server they share', [at('a', 'owner'), at('a', 'viewer')], undefined],
  ['of two workspaces does not go by one of two servers', [at('a', 'owner'), at('b', 'owner')], /several/],
  ['of two workspaces does not go by the only one', [at('a', 'owner'), at(undefined, 'viewer')], /several/],
  ['that an admin of the other may read does not go', [at('a', 'owner'), at('a', 'owner', 'admin')], /may do less/],
  ['without a mail server does not go', [at(undefined, 'owner')], /no mail server/],
])('a link %s', (_, belongings, reason) => {
  const why = whyNotByMail(belongings);
  if (reason) expect(why).toMatch(reason);
  else expect(why).toBeUndefined();
});
