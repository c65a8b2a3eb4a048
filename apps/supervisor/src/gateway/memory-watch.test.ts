import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Host } from '../host.ts';
import type { Running } from './bring-up.ts';
import { watchMemory } from './memory-watch.ts';

const megabyte = 1024 * 1024;
let directory: string;
let log: string;
let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  directory = mkdtempSync(join(tmpdir(), 'memory-watch-'));
  log = join(directory, 'openclaw.jsonl');
  const host = { folder: { openclawLog: log } } as Host;
  const running = { process: { pid: process.pid, hasExited: () => true } } as Running;
  stop = watchMemory(host, running, { onOver: () => undefined });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  rmSync(directory, { recursive: true });
});

const look = () => vi.advanceTimersByTime(5_000);
function write(bytes: number) {
  writeFileSync(log, '');
  truncateSync(log, bytes);
}

test("OpenClaw's own log is set aside once it is large, and not before", () => {
  look();
  write(19 * megabyte);
  look();
  expect(statSync(log).size).toBe(19 * megabyte);
  write(21 * megabyte);
  look();
  expect(statSync(`${log}.1`).size).toBe(21 * megabyte);
  expect(statSync(log, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
});

test('a log that cannot be set aside ends no supervisor', () => {
  mkdirSync(`${log}.1`);
  write(21 * megabyte);
  expect(look).not.toThrow();
  expect(statSync(log).size).toBe(21 * megabyte);
});
