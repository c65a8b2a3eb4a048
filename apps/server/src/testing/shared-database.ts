import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@clawster/client/client';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { StandInHost } from '../link/stand-in-host.ts';

/** What replicas of one installation share: the database, the key, the hosts, and its owner. */
export type SharedInstallation = {
  database: TestDatabase;
  host: StandInHost;
  /** The settings of one more replica, with a data folder of its own. */
  environment(name: string, some?: Record<string, string>): Promise<Record<string, string>>;
  /** Makes the owner at this replica, once; afterwards the owner's client at any. */
  signUp(url: string, setupToken: string): Promise<void>;
  client(url: string): Client;
  apiKey: () => string;
  until(url: string, botId: string, phase: BotPhase): Promise<Bot>;
  close(): Promise<void>;
};

export const owner = { name: 'Ada', email: 'ada@example.com', password: 'walnut ferry copper lantern' };

/** One installation for several real servers. */
export async function sharedInstallation(): Promise<SharedInstallation> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'clawster-replicas-'));
  const key = `${randomBytes(32).toString('base64')}\n`;
  let apiKey = '';
  const client = (url: string) => createClient({ baseUrl: url, apiKey });
  return {
    database,
    host: new StandInHost(),
    client,
    apiKey: () => apiKey,
    async environment(name, some = {}) {
      const dataDirectory = join(folder, name);
      await mkdir(dataDirectory, { mode: 0o700 });
      await writeFile(join(dataDirectory, 'kek'), key, { mode: 0o600 });
      return {
        CLAWSTER_DATA_DIR: dataDirectory,
        CLAWSTER_DATABASE_URL: database.url,
        CLAWSTER_PORT: '0',
        ...some,
      };
    },
    async signUp(url, setupToken) {
      apiKey = await makeOwner(url, setupToken);
    },
    async until(url, botId, phase) {
      const deadline = Date.now() + 60_000;
      for (;;) {
        const bot = await client(url).bots.get({ botId });
        if (bot.status.phase === phase) return bot;
        if (Date.now() > deadline)
          throw new Error(`The bot is not ${phase} but ${bot.status.phase}: ${bot.status.reason}`);
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
      }
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the owner account and answers with an API key of theirs. */
export async function makeOwner(url: string, token: string): Promise<string> {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const signedIn = await post('/setup', { ...owner, token });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const made = await post('/api-keys', { name: 'test', role: 'owner' }, { cookie });
  return ((await made.json()) as { value: string }).value;
}
