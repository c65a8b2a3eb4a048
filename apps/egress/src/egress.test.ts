import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { RefusedEgress } from '@clawster/target/egress';
import { egressCredential } from '@clawster/target/egress';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allowedNames } from './testing/names.ts';
import { Network, place } from './testing/network.ts';

// S15: from a network of the kernel whose only neighbour is the proxy, a bot reaches what its list names, and nothing else.

const file = (name: string) => join(import.meta.dirname, name);
const whyNot = Network.whyNot();
if (whyNot) process.stdout.write(`S15 NOT TRIED: this machine makes no network for it (${whyNot})\n`);

type Told = {
  reached: string[];
  tried: number;
  letIn: string[];
  dripped: { opened: number; endedMs: number };
};

const bots = {
  bot: { credential: egressCredential('bot-one', ''), networks: ['172.30.15.0/24'] },
  other: { credential: egressCredential('bot-two', ''), networks: ['172.30.16.0/24'] },
};
/** As a client says it: the bot's id and its secret. */
const said = ({ credential }: { credential: { proxyUrl: string } }) => {
  const { username, password } = new URL(`${credential.proxyUrl}proxy`);
  return `${username}:${password}`;
};

describe.skipIf(whyNot !== undefined)('a bot with one way out', () => {
  const outside: string[] = [];
  const refused: RefusedEgress[] = [];
  let network: Network;
  let proxy: ReturnType<Network['run']>;
  let told: Told | undefined;
  let whileDripping: Promise<string> | undefined;

  beforeAll(async () => {
    network = new Network();
    const fromOutside = (line: string) => void outside.push(line);
    network.run('outside', [file('testing/outside.ts')], fromOutside);
    network.run('proxy', [file('testing/outside.ts'), '127.0.0.1'], fromOutside);
    const lines: string[] = [];
    proxy = network.run('proxy', [file('main.ts')], (line) => {
      lines.push(line);
      const told = JSON.parse(line) as { refused?: RefusedEgress };
      if (told.refused) refused.push(told.refused);
    });
    proxy.stdin.write(`${JSON.stringify(lists())}\n`);
    await vi.waitUntil(() => lines.some((line) => line.includes('"listed":2')) && outside.length === 2, 20_000);
    outside.length = 0;
    told = await attack();
  }, 90_000);
  afterAll(() => network?.remove());

  function lists() {
    const { bot, other } = bots;
    const hashOf = (one: typeof bot) => one.credential.credentialHash;
    const common = { inside: ['clawster.example:4500'] };
    return {
      bots: [
        { botId: 'bot-one', credentialHash: hashOf(bot), networks: bot.networks, allowed: allowedNames, ...common },
        {
          botId: 'bot-two',
          credentialHash: hashOf(other),
          networks: other.networks,
          allowed: ['two.example:443'],
          ...common,
        },
      ],
    };
  }

  function attack(): Promise<Told> {
    const answer = Promise.withResolvers<Told>();
    network.run('bot', [file('testing/hostile-bot.ts'), said(bots.bot), said(bots.other)], (line) => {
      const heard = JSON.parse(line) as Told | { dripping: true };
      if ('dripping' in heard) whileDripping = askAsOther();
      else answer.resolve(heard);
    });
    return answer.promise;
  }

  /** What the other bot gets while the first one takes all the connections it can. */
  function askAsOther(): Promise<string> {
    const answer = Promise.withResolvers<string>();
    const ask = `
      const socket = require('node:net').connect(3128, '${place.proxyForOther}', () => socket.write(
        'CONNECT two.example:443 HTTP/1.1\\r\\nProxy-Authorization: Basic ' + btoa(process.argv[1]) + '\\r\\n\\r\\n'));
      socket.once('data', (data) => { console.log(data.toString().split('\\r')[0]); process.exit(0); });`;
    network.run('other', ['-e', ask, said(bots.other)], answer.resolve);
    return answer.promise;
  }

  test('S15: nothing lets it out', () => {
    const letIn = [...(told?.letIn ?? ['nothing was tried']), ...outside];
    process.stdout.write(`S15 tried ${told?.tried}, let in ${letIn.length}\n`);
    expect(letIn).toEqual([]);
    expect(told?.tried).toBeGreaterThan(1_200);
  });

  test('reaches what its list names, and its control plane', () =>
    expect(told?.reached.toSorted()).toEqual([
      'CONNECT API.Allowed.Example:443',
      'CONNECT a.wild.example:443',
      'CONNECT api.allowed.example:443',
      'CONNECT clawster.example:4500',
      'GET http://api.allowed.example/',
    ]));

  test('does not keep the others out, however slowly it speaks, and is cut off for it', async () => {
    expect(await whileDripping).toBe('HTTP/1.1 200 Connection Established');
    expect(told?.dripped.endedMs).toBeLessThan(20_000);
  });

  test('is told of by what it tried, counted, and never by what another said in its name', async () => {
    proxy.kill('SIGTERM');
    await new Promise((resolve) => void proxy.once('close', resolve));
    const reasons = new Set(refused.map(({ reason }) => reason));
    expect([...reasons].toSorted()).toEqual([
      'address-inside',
      'malformed',
      'not-a-name',
      'not-allowed',
      'wrong-network',
    ]);
    const evil = refused.filter((one) => one.place === 'evil.example:443' && one.reason === 'not-allowed');
    expect(evil.map(({ botId }) => botId)).toEqual(['bot-one']);
    // The credential of the other one, right and from elsewhere: it is known, and its owner is to hear of it.
    const leaked = refused.filter(({ botId }) => botId === 'bot-two');
    expect(leaked.every(({ reason }) => reason === 'wrong-network')).toBe(true);
    expect(refused.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(600);
  });

  test('has a credential that is kept as its hash', () => {
    const hash = createHash('sha256')
      .update(said(bots.bot).split(':')[1] ?? '')
      .digest('hex');
    expect(lists().bots[0]?.credentialHash).toBe(hash);
  });
});
