import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What holds for all of ours: each runs in one transaction, with a lock_timeout, by packages/database/src/migrate.ts. */
const held = ['require-lock-timeout', 'require-statement-timeout'];
/** Counters that stay small. */
const taste = ['prefer-bigint-over-int'];

/** A migration that must do what is found here says so above the statement, with why: `-- squawk-ignore <rule>`. */
test('no migration locks a table for long, breaks the version before it, or cannot be undone half-way', async () => {
  const files = globSync('packages/database/migrations/*.sql', { cwd: root });
  const exclude = `--exclude=${[...held, ...taste].join(',')}`;
  const found = await squawk(['--assume-in-transaction', '--pg-version=15.0', '--reporter=gcc', exclude, ...files]);
  expect(found).toBe('');
});

test('one that does is found', async () => {
  const statement = 'alter table bot add column color text not null; create index bot_color on bot (color);';
  const found = await squawk(['--assume-in-transaction', '--pg-version=15.0', '--reporter=gcc'], statement);
  expect(found).toContain('adding-required-field');
});

function squawk(args: string[], input?: string): Promise<string> {
  return new Promise((done) => {
    const child = execFile(resolve(root, 'node_modules/.bin/squawk'), args, { cwd: root }, (_, stdout) =>
      done(stdout.trim()),
    );
    child.stdin?.end(input ?? '');
  });
}
