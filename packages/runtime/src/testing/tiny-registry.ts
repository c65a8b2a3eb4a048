import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TinyRegistry = AsyncDisposable & {
  url: string;
  /** Folders with the lockfile of the fake OpenClaw, as `locksDirectory` wants them. */
  locksDirectory: string;
  /** How tarballs are answered from now on. */
  behaviour: 'honest' | 'tampered' | 'hanging' | 'missing';
  /** How often a tarball was asked for. */
  downloads: number;
};

/** A registry on loopback that knows one package: an `openclaw` that only says its version. */
export async function tinyRegistry(version: string, options: { bytes?: number } = {}): Promise<TinyRegistry> {
  const directory = mkdtempSync(join(tmpdir(), 'clawster-registry-'));
  const tarball = packOpenclaw(directory, version, options.bytes ?? 1000);
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  writeLockfile(join(directory, 'locks', version), version, integrity);

  const server = createServer((request, response) => {
    if (!request.url?.endsWith('.tgz')) {
      const dist = { tarball: `${registry.url}openclaw/-/openclaw-${version}.tgz`, integrity };
      const versions = { [version]: { name: 'openclaw', version, dist } };
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ name: 'openclaw', 'dist-tags': { latest: version }, versions }));
    }
    registry.downloads++;
    if (registry.behaviour === 'missing') return void response.writeHead(404).end();
    if (registry.behaviour === 'hanging')
      return void response.writeHead(200, { 'content-length': tarball.length }).write('x');
    response.end(registry.behaviour === 'tampered' ? Buffer.concat([tarball, Buffer.from('!')]) : tarball);
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

function packOpenclaw(directory: string, version: string, bytes: number): Buffer {
  const files = join(directory, 'package');
  mkdirSync(files);
  writeFileSync(join(files, 'package.json'), JSON.stringify({ name: 'openclaw', version, bin: 'openclaw.mjs' }));
  writeFileSync(join(files, 'openclaw.mjs'), `console.log('OpenClaw ${version}');\n`);
  // Random, so that packing cannot make it small.
  writeFileSync(join(files, 'ballast'), randomBytes(bytes));
  execFileSync('tar', ['-czf', 'openclaw.tgz', 'package'], { cwd: directory });
  return readFileSync(join(directory, 'openclaw.tgz'));
}

function writeLockfile(directory: string, version: string, integrity: string): void {
  mkdirSync(directory, { recursive: true });
  const manifest = { name: 'openclaw-runtime', private: true, dependencies: { openclaw: version } };
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
      openclaw:
        specifier: ${version}
        version: ${version}

packages:

  openclaw@${version}:
    resolution: {integrity: ${integrity}}
    hasBin: true

snapshots:

  openclaw@${version}: {}
`,
  );
}
