import { expect, test } from 'vitest';
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
