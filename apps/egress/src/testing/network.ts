import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** The addresses of the laboratory. Outside is the internet, and what a cloud or a company has beside it. */
export const place = {
  bot: '172.30.15.2',
  otherBot: '172.30.16.2',
  proxyForBot: '172.30.15.1',
  proxyForOther: '172.30.16.1',
  proxyOutward: '11.15.0.1',
  allowed: '11.15.0.2',
  rebinding: '11.15.0.4',
  evil: '11.15.0.3',
  link: '10.9.9.8',
  inside: '10.9.9.9',
  outsideV6: '2600:15::2',
} as const;

/** Where a bot that gets out of its ways would arrive: each answers on its ports, and tells. */
const alsoOutside = [
  [place.evil, place.rebinding, place.link, place.inside, '169.254.169.254', '10.0.0.1', '172.16.31.1'],
  ['192.168.0.1', '100.64.0.1', '100.100.100.200', '192.0.0.192', '198.18.0.1', '1.1.1.1', '8.8.8.8'],
].flat();

type Process = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Three machines and two bots' networks as the kernel has them: the bots' only neighbour is the proxy's machine, which hands
 * no packet on. Names are asked of outside.
 */
export class Network {
  readonly #prefix = `cw${process.pid}`;
  readonly #processes: Process[] = [];

  /** Why this machine cannot have one, or undefined. */
  static whyNot(): string | undefined {
    if (process.platform !== 'linux') return 'network namespaces are of Linux';
    const name = `cw${process.pid}-try`;
    try {
      execFileSync('ip', ['netns', 'add', name], { stdio: 'pipe' });
      execFileSync('ip', ['netns', 'del', name], { stdio: 'pipe' });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  constructor() {
    for (const name of ['bot', 'other', 'proxy', 'outside']) {
      this.#ip('netns', 'add', this.#named(name));
      this.#in(name, 'link', 'set', 'lo', 'up');
    }
    this.#connect({ from: ['bot', `${place.bot}/24`], to: ['proxy', `${place.proxyForBot}/24`], v6: 'fd15::' });
    this.#connect({
      from: ['other', `${place.otherBot}/24`],
      to: ['proxy', `${place.proxyForOther}/24`],
      v6: 'fd16::',
    });
    this.#connect({
      from: ['outside', `${place.allowed}/24`],
      to: ['proxy', `${place.proxyOutward}/24`],
      v6: '2600:15::',
    });
    for (const address of alsoOutside) this.#in('outside', 'addr', 'add', `${address}/32`, 'dev', 'lo');
    // The strongest bot: it knows where everything would be.
    this.#in('bot', 'route', 'add', 'default', 'via', place.proxyForBot);
    this.#in('bot', '-6', 'route', 'add', 'default', 'via', 'fd15::1');
    this.#in('proxy', 'route', 'add', 'default', 'via', place.allowed);
    this.#in('outside', 'route', 'add', 'default', 'via', place.proxyOutward);
    this.#in('outside', '-6', 'route', 'add', 'default', 'via', '2600:15::1');
    const shut = ['ipv4/ip_forward', 'ipv6/conf/all/forwarding']
      .map((name) => `fs.writeFileSync('/proc/sys/net/${name}', '0');`)
      .join('');
    execFileSync('ip', ['netns', 'exec', this.#named('proxy'), process.execPath, '-e', shut], { stdio: 'pipe' });
    mkdirSync(this.#names, { recursive: true });
    writeFileSync(join(this.#names, 'resolv.conf'), `nameserver ${place.allowed}\noptions timeout:2 attempts:1\n`);
  }

  /** Runs a file of ours on one of the machines; `onLine` has each line that it writes. */
  run(on: 'bot' | 'other' | 'proxy' | 'outside', args: string[], onLine: (line: string) => void): Process {
    const child = spawn('ip', ['netns', 'exec', this.#named(on), process.execPath, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#processes.push(child);
    createInterface({ input: child.stdout }).on('line', onLine);
    createInterface({ input: child.stderr }).on('line', (line) => process.stderr.write(`${on}: ${line}\n`));
    return child;
  }

  remove(): void {
    for (const child of this.#processes) child.kill('SIGKILL');
    for (const name of ['bot', 'other', 'proxy', 'outside']) this.#ip('netns', 'del', this.#named(name));
    rmSync(this.#names, { recursive: true, force: true });
  }

  get #names() {
    return join('/etc/netns', this.#named('proxy'));
  }

  #named(name: string) {
    return `${this.#prefix}-${name}`;
  }

  #connect({ from, to, v6 }: { from: [string, string]; to: [string, string]; v6: string }): void {
    const [near, far] = [`${this.#prefix}${from[0].slice(0, 3)}`, `${this.#prefix}p${from[0].slice(0, 2)}`];
    this.#ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far);
    for (const [link, [machine, address], last] of [
      [near, from, '2'],
      [far, to, '1'],
    ] as const) {
      this.#ip('link', 'set', link, 'netns', this.#named(machine));
      this.#in(machine, 'addr', 'add', address, 'dev', link);
      this.#in(machine, '-6', 'addr', 'add', `${v6}${last}/64`, 'dev', link, 'nodad');
      this.#in(machine, 'link', 'set', link, 'up');
    }
  }

  #in(machine: string, ...args: string[]): void {
    this.#ip('-n', this.#named(machine), ...args);
  }

  #ip(...args: string[]): void {
    execFileSync('ip', args, { stdio: 'pipe' });
  }
}
