import { expect, test } from 'vitest';
import { accountLetter, type AccountNews } from './account-letter.ts';
import { invitationLetter } from './invitation-letter.ts';
import { waitAfter } from './next-try.ts';
import { whyNotMailSecurity } from './why-not-mail-security.ts';

test.each([
  [1, 30],
  [2, 60],
  [3, 120],
  [8, 3600],
  [1000, 3600],
])('after %i tries one waits %i seconds', (tries, seconds) => expect(waitAfter(tries)).toBe(seconds * 1_000));

test.each([
  ['smtp.example.com', 'tls', true],
  ['smtp.example.com', 'starttls', true],
  ['smtp.example.com', 'none', false],
  ['127.0.0.1.example.com', 'none', false],
  ['127.0.0.1', 'none', true],
  ['localhost', 'none', true],
] as const)('to %s by %s: %s', (host, security, may) =>
  expect(whyNotMailSecurity(host, security) === undefined).toBe(may),
);

test('names begin no header and no tag', () => {
  const link = 'https://clawster.example/invite#token=t';
  const letter = invitationLetter({
    workspaceName: 'Acme\r\nBcc: all@example.com',
    invitedBy: '<img src=x onerror="alert(1)">',
    role: 'viewer',
    link,
    expiresAt: new Date('2026-11-30T10:00:00Z'),
  });
  expect(letter.subject).toBe('Join Acme Bcc: all@example.com on Clawster');
  expect(letter.html).not.toContain('<img');
  expect(letter.html).toContain(`<a href="${link}">`);
  expect(letter.text).toContain(`\n\n${link}\n\n`);
  expect(letter.text).toContain('until 2026-11-30');
});

test.each<AccountNews>([
  { kind: 'reset', link: 'https://clawster.example/reset#token=t', minutes: 30, address: '192.0.2.1' },
  { kind: 'no-passphrase', address: '192.0.2.1' },
  { kind: 'not-by-mail', email: 'ada@example.com', address: '192.0.2.1' },
  { kind: 'password-changed', address: '192.0.2.1' },
])('a mail about an account ($kind) says from where, and holds a link only where that is its purpose', (news) => {
  const letter = accountLetter('Ada\r\nBcc: all@example.com <b>', news);
  expect(letter.text).toContain('192.0.2.1');
  expect(letter.text.startsWith('Hello Ada Bcc: all@example.com <b>,\n\n')).toBe(true);
  expect(letter.html).not.toContain('<b>');
  expect(letter.text.includes('#token=')).toBe(news.kind === 'reset');
  expect(letter.html.includes('<a href=')).toBe(news.kind === 'reset');
});
