import { expect, test } from 'vitest';
import { networkOf } from './sign-in-limits.ts';

test.each([
  ['an IPv4 address stands for itself', '192.0.2.7', '192.0.2.7'],
  ['an IPv4 address in IPv6 clothes is the same one', '::ffff:192.0.2.7', '192.0.2.7'],
  ['an IPv6 address stands for its /64', '2001:db8:1:2:aaaa::1', '2001:db8:1:2::'],
])('%s', (_, address, network) => expect(networkOf(address)).toBe(network));
