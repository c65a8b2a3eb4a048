import { expect, test } from 'vitest';
import { whyNotLinkOut } from '@clawster/contract/link-out';
import { fillLinkOut } from './fill.ts';

test('a template is filled in, and nothing that is filled in ends its part of the address', () => {
  const template = 'https://grafana.example.com/explore?trace={otelTraceId}&session={session}#x';
  expect(fillLinkOut(template, { otelTraceId: 'ab', session: 'agent:main:x&y#z/../{botId}' })).toBe(
    'https://grafana.example.com/explore?trace=ab&session=agent%3Amain%3Ax%26y%23z%2F..%2F%7BbotId%7D#x',
  );
  expect(fillLinkOut('https://a.example/{botName}/b', { botName: '..' })).toBe('https://a.example//b');
});

test('one that names what is not known is left out', () => {
  expect(fillLinkOut('https://a.example/{traceId}', { botId: 'x' })).toBeUndefined();
  expect(fillLinkOut('https://a.example/', {})).toBe('https://a.example/');
});

test.each([
  ['https://cloud.langfuse.com/project/x/traces/{otelTraceId}', undefined],
  ['http://localhost:3000/d/bot?var-bot={botName}&from={from}&to={to}', undefined],
  ['https://x.example/explore?left={"a":1}', 'There is no {"a":1}'],
  ['javascript:alert({traceId})', 'Begin with https://'],
  ['data:text/html,{traceId}', 'Begin with https://'],
  ['//x.example/{traceId}', 'Begin with https://'],
  ['https://{botName}.example/', 'Begin with https://'],
  ['https://x.example:{botName}/', 'Begin with https://'],
  ['https://me:pass@x.example/', 'Leave name and password out'],
  ['https://x.example/{nothing}', 'There is no {nothing}'],
  ['https://x.example/<script>', 'Leave out spaces'],
  ['https://x.example/a b', 'Leave out spaces'],
  ['https:\\\\x.example', 'Begin with https://'],
])('%s: %s', (url, why) => {
  const said = whyNotLinkOut(url);
  if (why === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(why);
});
