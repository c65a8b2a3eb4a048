import { expect, test } from 'vitest';
import { builtInRole } from '../role/role.ts';
import { admissionOf, type Arrival } from './admission.ts';

const arrival: Arrival = {
  provider: 'Acme',
  emailDomains: ['example.com'],
  makesAccounts: true,
  ceiling: builtInRole('owner'),
  email: 'ada@example.com',
  isVerified: true,
  role: 'operator',
  known: undefined,
  sameAddress: undefined,
};
const member = { ...builtInRole('viewer'), isDisabled: false };

test.each<[string, Partial<Arrival>, string]>([
  ['whoever is new gets an account', {}, 'makes'],
  ['unless none are made', { makesAccounts: false }, 'no member'],
  ['or the address is not verified', { isVerified: false }, 'verified'],
  ['or there is none', { email: undefined, isVerified: false }, 'no e-mail'],
  ['or its domain is not listed', { email: 'ada@example.com.evil.example' }, 'not let in'],
  ['a domain below a listed one is another', { email: 'ada@sub.example.com' }, 'not let in'],
  ['the domain is what follows the last @', { email: '"x@example.com"@evil.example' }, 'not let in'],
  ['a member with the address is linked', { sameAddress: { member, isAnothers: false } }, 'links'],
  ['also where no accounts are made', { makesAccounts: false, sameAddress: { member, isAnothers: false } }, 'links'],
  ['not without a verified address', { isVerified: false, sameAddress: { member, isAnothers: false } }, 'verified'],
  ['not one that another user has', { sameAddress: { member, isAnothers: true } }, 'another user'],
  ['not an account from elsewhere', { sameAddress: { member: undefined, isAnothers: false } }, 'invitation'],
  ['whoever is known comes in', { known: { member } }, 'known'],
  ['whatever the address is by now', { known: { member }, email: undefined, isVerified: false }, 'known'],
  ['known from elsewhere they join', { known: { member: undefined } }, 'joins'],
  ['unless none are made', { known: { member: undefined }, makesAccounts: false }, 'no member'],
  ['disabled they stay out', { known: { member: { ...member, isDisabled: true } } }, 'turned off'],
  [
    'also when their account is found by address',
    { sameAddress: { member: { ...member, isDisabled: true }, isAnothers: false } },
    'turned off',
  ],
  ['without a group they stay out', { known: { member }, role: undefined }, 'none of the groups'],
  [
    "an admin's provider lets no owner in",
    { known: { member: { ...member, ...builtInRole('owner') } }, ceiling: builtInRole('admin') },
    'passphrase',
  ],
  [
    'nor links one',
    {
      sameAddress: { member: { ...member, ...builtInRole('owner') }, isAnothers: false },
      ceiling: builtInRole('admin'),
    },
    'passphrase',
  ],
])('%s', (_, more, expected) => {
  const admission = admissionOf({ ...arrival, ...more });
  expect(admission.how === 'refused' ? admission.why : admission.how).toContain(expected);
});

test('sessions end with the last group, and with nothing that a stranger could bring about', () => {
  const ends = (more: Partial<Arrival>) => {
    const admission = admissionOf({ ...arrival, ...more });
    return admission.how === 'refused' && admission.endsSessions;
  };
  expect(ends({ known: { member }, role: undefined })).toBe(true);
  expect(ends({ sameAddress: { member, isAnothers: false }, role: undefined })).toBe(false);
  expect(ends({ isVerified: false })).toBe(false);
});
