import { expect, test } from 'vitest';
import { type AuditedEvent, canonicalText, eventText } from './canonical.ts';

const event: AuditedEvent = {
  id: 7,
  workspaceId: 'w',
  at: '2026-01-01T00:00:00.000001Z',
  type: 'bot-created',
  actor: { kind: 'system', job: 'test' },
  onBehalfOf: null,
  origin: null,
  subjectId: null,
  subjectName: 'Ada €',
  detail: { b: 1, a: [true, null, 1e21, 0.000001] },
};

test('one event has one text, whatever the order of its fields', () => {
  const turned = Object.fromEntries(
    Object.entries({ ...event, detail: { a: [true, null, 1e21, 1e-6], b: 1 } }).reverse(),
  );
  expect(eventText(turned as AuditedEvent)).toBe(eventText(event));
  expect(eventText(event)).toBe(
    '{"actor":{"job":"test","kind":"system"},"at":"2026-01-01T00:00:00.000001Z","detail":{"a":[true,null,1e+21,0.000001],"b":1},"id":7,"onBehalfOf":null,"origin":null,"subjectId":null,"subjectName":"Ada €","type":"bot-created","version":"clawster-event-1","workspaceId":"w"}',
  );
});

test('the order of keys and the form of numbers are those of RFC 8785', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  expect(Object.values(JSON.parse(canonicalText(value)) as object).length).toBe(7);
  expect(canonicalText(value).replaceAll(/"[^"]*":/g, '')).toBe('{2,4,6,7,1,5,3}');
  expect(canonicalText({ n: [333_333_333.333_333_3, 1e30, 4.5, 2e-3, 1e-27] })).toBe(
    '{"n":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  );
});

test('a number that JavaScript cannot hold is a text like any other', () =>
  expect(canonicalText({ n: Infinity })).toBe('{"n":"Infinity"}'));
