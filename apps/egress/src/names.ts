import { Resolver } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Resolve } from '@clawster/outward/address';

const hostsFile = '/etc/hosts';

/**
 * Looks names up in the machine's file of hosts, then by asking its name servers. Any number of them at once: the machine's
 * own way takes four at a time, and a bot that may name hosts of a domain whose servers are slow would hold up all others.
 */
export async function openNames(file = hostsFile): Promise<Resolve> {
  const hosts = hostsIn(await readFile(file, 'utf8').catch(() => ''));
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return async (host, { family }) => {
    const known = hosts.get(host.toLowerCase());
    return (known ?? (await ask(resolver, host))).filter((one) => family === 0 || one.family === family);
  };
}

async function ask(resolver: Resolver, host: string): Promise<LookupAddress[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
  return [...addressesOf(four, 4), ...addressesOf(six, 6)];
}

function addressesOf(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'rejected' ? [] : answer.value.map((address) => ({ address, family }));
}

function hostsIn(text: string): Map<string, LookupAddress[]> {
  const hosts = new Map<string, LookupAddress[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names)
      hosts.set(name.toLowerCase(), [...(hosts.get(name.toLowerCase()) ?? []), { address, family }]);
  }
  return hosts;
}
