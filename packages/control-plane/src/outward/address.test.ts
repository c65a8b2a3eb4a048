import { describe, expect, test } from 'vitest';
import { whyNotAddress } from './address.ts';

const never = [
  '169.254.169.254',
  '169.254.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '240.0.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '::',
  'fe80::1',
  'ff02::1',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '::7f00:1',
  '::a9fe:a9fe',
  'not an address',
  '',
];
const privateOnes = [
  '127.0.0.1',
  '127.9.9.9',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  'fd12::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
];

describe('an address', () => {
  test.each(never)('%s is never connected to', (address) => {
    for (const allowPrivate of [true, false]) expect(whyNotAddress(address, { allowPrivate })).toBeDefined();
  });
  test.each(privateOnes)('%s is connected to only where private addresses are allowed', (address) => {
    expect(whyNotAddress(address, { allowPrivate: true })).toBeUndefined();
    expect(whyNotAddress(address, { allowPrivate: false })).toBeDefined();
  });
  test.each(['1.1.1.1', '104.18.0.1', '2606:4700::1'])('%s is public', (address) =>
    expect(whyNotAddress(address, { allowPrivate: false })).toBeUndefined(),
  );
});
