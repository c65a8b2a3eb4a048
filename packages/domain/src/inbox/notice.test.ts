import { expect, test } from 'vitest';
import { type Notice, noticeLetter, signatureOf, slackMessage } from './notice.ts';

const notice: Notice = {
  title: 'Ada wants: <!channel> *deploy*\r\nBcc: all@example.com',
  workspaceName: 'Acme',
  personName: 'Grace',
  parts: [{ label: 'Text', text: `<script>alert(1)</script>${'x'.repeat(5_000)}`, untrusted: true }],
  link: 'https://clawster.example/inbox-link#token=t',
  isDeciding: true,
  expiresAt: new Date('2026-11-30T10:00:00Z'),
};

test('in Slack no word of a message mentions, links or formats, and the button is a link', () => {
  const { text, blocks } = slackMessage(notice);
  expect(text).not.toContain('<!channel>');
  const whole = JSON.stringify(blocks);
  expect(whole).not.toContain('mrkdwn');
  expect(whole).toContain('"url":"https://clawster.example/inbox-link#token=t"');
  for (const block of blocks as { text?: { text: string } }[])
    expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
});

test('in a mail names begin no header and no tag, and it says in whose name, until when and what is from outside', () => {
  const { subject, text, html } = noticeLetter(notice);
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toContain('<script>');
  expect(html).toContain('<a href="https://clawster.example/inbox-link#token=t">');
  for (const part of ['in the name of Grace', '2026-11-30 10:00 UTC', 'written by people outside'])
    expect(text).toContain(part);
});

test('who may not decide by it is not told that they can', () => {
  expect(noticeLetter({ ...notice, isDeciding: false }).text).not.toContain('decides');
});

test('a signature is of the time, too', () => {
  const at = new Date('2026-11-30T10:00:00Z');
  const signed = signatureOf('secret', '{}', at);
  expect(signed).toMatch(/^t=1796032800,v1=[\da-f]{64}$/);
  expect(signatureOf('secret', '{}', new Date(at.getTime() + 1_000)).split(',')[1]).not.toBe(signed.split(',')[1]);
  expect(signatureOf('other', '{}', at)).not.toBe(signed);
});
