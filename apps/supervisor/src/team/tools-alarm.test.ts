import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { Running } from '../gateway/bring-up.ts';
import { createStatus, type Status } from '../status.ts';
import { usualTiming } from '../host.ts';
import { missingTools, ToolsAlarm } from './tools-alarm.ts';

const startedAt = Date.now();
let status: Status;
let askedAt: number | undefined;
let hasTools: boolean;
let alarm: ToolsAlarm;
beforeEach(() => {
  [askedAt, hasTools] = [undefined, true];
  status = createStatus(() => {});
  status.set('ready', 'Well');
  alarm = new ToolsAlarm({
    status,
    timing: { ...usualTiming, teamToolsMs: 10 },
    running: () => ({ process: { startedAt } }) as Running,
    hasTools: () => hasTools,
    lastSessionAt: () => askedAt,
  });
});
const afterATurn = async () => {
  alarm.turnBegan();
  await sleep(30);
  return status.report();
};

test('a bot whose gateway does not ask for its team’s tools reads degraded, and says what to do', async () => {
  expect(await afterATurn()).toMatchObject({ state: 'degraded', reason: missingTools });
});
test('until it asks', async () => {
  await afterATurn();
  alarm.settle();
  expect(status.report().state).toBe('ready');
});
test('one that asked since its start is well', async () => {
  askedAt = startedAt + 1;
  expect((await afterATurn()).state).toBe('ready');
});
test('that the gateway before it asked says nothing of this one', async () => {
  askedAt = startedAt - 1;
  expect((await afterATurn()).state).toBe('degraded');
});
test('a bot without a team needs no tools', async () => {
  hasTools = false;
  expect((await afterATurn()).state).toBe('ready');
});
