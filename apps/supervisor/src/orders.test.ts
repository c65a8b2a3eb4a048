import type { Configure } from '@clawster/link/supervisor-methods';
import { describe, expect, test } from 'vitest';
import { Orders } from './orders.ts';
import { configuration } from './testing/configuration.ts';

const configure = (generation: number, desired: Configure['desired'] = 'running'): Configure => ({
  ...configuration(),
  generation,
  desired,
});

describe('an emergency stop', () => {
  test('holds while what was in force is said again, and ends with what is newer', () => {
    const orders = new Orders();
    orders.take(configure(3));
    orders.halt('pause');
    orders.take(configure(3));
    expect(orders.desired()).toBe('paused');
    orders.take(configure(4));
    expect(orders.desired()).toBe('running');
  });

  test('given before anything was known holds against the first configuration, unless that is newer', () => {
    const [unknown, older, newer] = [new Orders(), new Orders(), new Orders()];
    unknown.halt('pause');
    unknown.take(configure(4));
    older.halt('pause', 4);
    older.take(configure(3));
    newer.halt('pause', 4);
    newer.take(configure(5));
    expect([unknown, older, newer].map((orders) => orders.desired())).toEqual(['paused', 'paused', 'running']);
    unknown.take(configure(5));
    expect(unknown.desired()).toBe('running');
  });

  test('is not softened by a later pause', () => {
    const orders = new Orders();
    orders.take(configure(3));
    orders.halt('stop');
    orders.halt('pause', 4);
    expect(orders.desired()).toBe('stopped');
  });
});
