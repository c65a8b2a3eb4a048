import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type TinyRegistry = AsyncDisposable & {
  url: string;
  /** Folders with the lockfile of the fake OpenClaw, as `locksDirectory` wants them. */
  locksDirectory: string;
  /** How tarballs are answered from now on. */
  behaviour: 'honest' | 'tampered' | 'hanging' | 'missing';
  /** How often a tarball was asked for. */
  downloads: number;
};

/** A registry on loopback that knows an `openclaw` that only says its version, and its plugin for Slack. */
export async function tinyRegistry(version: string, options: { bytes?: number } = {}): Promise<TinyRegistry> {
  const directory = mkdtempSync(join(tmpdir(), 'clawster-registry-'));
  const tarball = pack(directory, {
    'package.json': JSON.stringify({ name: 'openclaw', version, bin: 'openclaw.mjs' }),
    'openclaw.mjs': `console.log('OpenClaw ${version}');\n`,
    // Random, so that packing cannot make it small.
    ballast: randomBytes(options.bytes ?? 1000),
  });
  const plugin = pack(directory, {
    'package.json': JSON.stringify({ name: '@openclaw/slack', version, bundleDependencies: ['bolt'] }),
    'openclaw.plugin.json': JSON.stringify({ id: 'slack' }),
    'node_modules/bolt/package.json': JSON.stringify({ name: 'bolt', version: '1.0.0' }),
  });
  const integrity = writeLockfile(join(directory, 'locks', version), { name: 'openclaw', version, tarball });
  writeLockfile(join(directory, 'locks', `${version}-slack`), { name: '@openclaw/slack', version, tarball: plugin });

  const server = createServer((request, response) => {
    if (!request.url?.endsWith('.tgz')) {
      const dist = { tarball: `${registry.url}openclaw/-/openclaw-${version}.tgz`, integrity };
      const versions = { [version]: { name: 'openclaw', version, dist } };
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ name: 'openclaw', 'dist-tags': { latest: version }, versions }));
    }
    registry.downloads++;
    if (registry.behaviour === 'missing') return void response.writeHead(404).end();
    const asked = request.url.includes('slack') ? plugin : tarball;
    if (registry.behaviour === 'hanging')
      return void response.writeHead(200, { 'content-length': asked.length }).write('x');
    response.end(registry.behaviour === 'tampered' ? Buffer.concat([asked, Buffer.from('!')]) : asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const registry: TinyRegistry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    locksDirectory: join(directory, 'locks'),
    behaviour: 'honest',
    downloads: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true });
    },
  };
  return registry;
}

function pack(directory: string, contents: Record<string, string | Buffer>): Buffer {
  const files = join(directory, 'package');
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(files, name)), { recursive: true });
    writeFileSync(join(files, name), content);
  }
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: directory });
  rmSync(files, { recursive: true });
  return readFileSync(join(directory, 'package.tgz'));
}

type Package = { name: string; version: string; tarball: Buffer };

/** Returns the checksum of the package that it pins. */
function writeLockfile(directory: string, { name, version, tarball }: Package): string {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  mkdirSync(directory, { recursive: true });
  const manifest = { name: 'openclaw-runtime', private: true, dependencies: { [name]: version } };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(directory, 'pnpm-lock.yaml'),
    `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      '${name}':
        specifier: ${version}
        version: ${version}

packages:

  '${name}@${version}':
    resolution: {integrity: ${integrity}}

snapshots:

  '${name}@${version}': {}
`,
  );
  return integrity;
}
