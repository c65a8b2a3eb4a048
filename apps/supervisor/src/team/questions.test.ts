import type { GatewayClient } from '@clawster/gateway/client';
import { GatewayError } from '@clawster/gateway/gateway-error';
import { beforeEach, expect, test } from 'vitest';
import { AskRefused } from '../link/ask-control-plane.ts';
import type { LinkClient } from '../link/link-client.ts';
import { Questions } from './questions.ts';

let told: [string, Record<string, unknown>][];
let called: [string, unknown][];
let lists: Record<string, unknown>;
let isAway: boolean;
let questions: Questions;
beforeEach(() => {
  [told, called, lists, isAway] = [[], [], {}, false];
  questions = new Questions((async (method: string, params: Record<string, unknown>) => {
    if (isAway) throw new AskRefused('unavailable', 'away');
    told.push([method, params]);
    return {};
  }) as LinkClient['ask']);
});
const client = {
  hello: { features: { methods: ['exec.approval.list', 'plugin.approval.list', 'question.list'] } },
  async call(method: string, params: unknown) {
    if (method.endsWith('.list')) return lists[method] ?? [];
    called.push([method, params]);
    return {};
  },
} as unknown as GatewayClient;

const whence = { sessionKey: 'agent:main:clawster:one', runId: 'run-1' };
const command = { id: 'e1', request: { command: 'uname -s', cwd: '/w', ...whence }, expiresAtMs: 1_795_336_264_600 };
const colours = {
  questionId: 'color',
  header: 'Colour',
  question: 'Which?',
  options: [{ label: 'Red' }, { label: 'Blue' }],
};
const asked = { id: 'q1', questions: [colours], ...whence, expiresAtMs: 1_795_336_264_600, status: 'pending' };
const see = (event: string, payload: unknown) => questions.see({ type: 'event', event, payload });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('a command that waits for a person is put before people, once', async () => {
  see('exec.approval.requested', command);
  see('exec.approval.requested', command);
  await settled();
  expect(told).toEqual([
    [
      'question.raise',
      expect.objectContaining({
        id: 'e1',
        kind: 'exec',
        session: 'agent:main:clawster:one',
        content: [
          { label: 'Command', text: 'uname -s' },
          { label: 'Folder', text: '/w' },
        ],
      }),
    ],
  ]);
});

test('what a model asks has its choices, and is answered by its own name', async () => {
  see('question.requested', asked);
  await settled();
  expect(told[0]?.[1]).toMatchObject({ kind: 'question', title: 'Colour', choices: ['Red', 'Blue'] });
  expect(told[0]?.[1]).not.toHaveProperty('questionIds');
  await questions.resolve(client, { id: 'q1', kind: 'question', approved: true, answer: 'Blue' });
  expect(called).toEqual([
    ['question.resolve', { id: 'q1', answers: { answers: { color: ['Blue'] } }, resolvedBy: 'clawster' }],
  ]);
});

test.each([
  [true, 'allow-once'],
  [false, 'deny'],
])('an approval that is %s is handed over as %s', async (approved, decision) => {
  await questions.resolve(client, { id: 'e1', kind: 'exec', approved });
  expect(called).toEqual([['approval.resolve', { id: 'e1', kind: 'exec', decision }]]);
});

test('one that is decided elsewhere is taken back; one that we decided is not', async () => {
  see('exec.approval.requested', command);
  see('exec.approval.resolved', { id: 'e1', decision: 'deny' });
  see('question.requested', asked);
  await questions.resolve(client, { id: 'q1', kind: 'question', approved: false });
  see('question.resolved', { id: 'q1', status: 'cancelled' });
  await settled();
  expect(told.filter(([method]) => method === 'question.withdraw').map(([, { id }]) => id)).toEqual(['e1']);
});

test('what was asked or decided while nobody listened is found out with the next connection', async () => {
  see('exec.approval.requested', command);
  lists = { 'question.list': { questions: [asked] } };
  await questions.connected(client);
  await settled();
  expect(told.map(([method, { id }]) => [method, id])).toEqual([
    ['question.raise', 'e1'],
    ['question.raise', 'q1'],
    ['question.withdraw', 'e1'],
  ]);
});

test('what could not be told is told once there is a link', async () => {
  isAway = true;
  see('exec.approval.requested', command);
  await settled();
  isAway = false;
  questions.linked();
  await settled();
  expect(told).toHaveLength(1);
});

test('an answer that OpenClaw does not take is refused in its words', async () => {
  const refusing = {
    call: async () => {
      throw new GatewayError({ code: 'INVALID_REQUEST', message: 'unknown approval' });
    },
  } as unknown as GatewayClient;
  await expect(questions.resolve(refusing, { id: 'x', kind: 'exec', approved: true })).rejects.toMatchObject({
    code: 'refused',
    message: 'OpenClaw does not take the answer: unknown approval',
  });
});
