import { expect, test } from 'vitest';
import { type Copy, whyNotObey } from './copy.ts';

const copy = (epoch: number): Copy => ({ id: '00000000-0000-4000-8000-000000000001', epoch });
const other: Copy = { id: '00000000-0000-4000-8000-000000000002', epoch: 9 };

test.each<[string, Copy | undefined, Copy | undefined, boolean, string | undefined]>([
  ['a host that never obeyed anyone obeys whoever comes', undefined, copy(1), false, undefined],
  ['nor does it mind a server from before copies were told apart', undefined, undefined, false, undefined],
  ['the copy it knows is obeyed', copy(2), copy(2), false, undefined],
  ['a newer copy is obeyed', copy(2), copy(3), false, undefined],
  ['an older copy is not', copy(2), copy(1), false, 'overtaken'],
  ['an older copy is not, whatever token was brought', copy(2), copy(1), true, 'overtaken'],
  ['one that names no copy is older', copy(2), undefined, true, 'overtaken'],
  ['another installation is not', copy(2), other, false, 'stranger'],
  ['another installation is, with a token that was brought for it', copy(2), other, true, undefined],
])('%s', (_, known, offered, hasToken, expected) => expect(whyNotObey(known, offered, hasToken)).toBe(expected));
