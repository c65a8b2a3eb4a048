import { getEventListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { unlessStalled } from './unless-stalled.ts';

const { signal } = new AbortController();

test('a stream passes as it is, and so does its error', async () => {
  const good = new PassThrough();
  good.end('memory');
  expect((await buffer(unlessStalled(good, signal))).toString()).toBe('memory');
  const bad = new PassThrough();
  setImmediate(() => bad.destroy(new Error('broke off')));
  await expect(buffer(unlessStalled(bad, signal))).rejects.toThrow('broke off');
});

test('a source that is silent for too long is given up, in a sentence', async () => {
  const silent = new PassThrough();
  silent.write('some');
  await expect(buffer(unlessStalled(silent, signal, 100))).rejects.toThrow('the host hangs');
  expect(silent.destroyed).toBe(true);
});

test('to be destroyed ends a silent source at once', async () => {
  const silent = new PassThrough();
  const watched = unlessStalled(silent, signal);
  watched.on('error', () => undefined);
  const closed = new Promise((resolve) => silent.on('error', () => undefined).once('close', resolve));
  watched.destroy(new Error('Cancelled'));
  await closed;
  expect(silent.destroyed).toBe(true);
});

test('the signal ends a silent source at once, with its reason and before anyone reads; a stream that has ended hears it no more', async () => {
  const stop = new AbortController();
  const silent = new PassThrough();
  const watched = unlessStalled(silent, stop.signal);
  const good = new PassThrough();
  good.end('memory');
  await buffer(unlessStalled(good, stop.signal));
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  stop.abort(new Error('Cancelled'));
  await expect(buffer(watched)).rejects.toThrow('Cancelled');
  expect(silent.destroyed).toBe(true);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
