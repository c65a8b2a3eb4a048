import { parse } from 'yaml';
import { z } from 'zod';

const Lockfile = z.object({
  packages: z.record(z.string(), z.object({ resolution: z.object({ integrity: z.string().optional() }) })),
});

/** What the lockfile says is installed, as a CycloneDX document. */
export function sbomOf(lockfile: string, openclawVersion: string): string {
  const { packages } = Lockfile.parse(parse(lockfile));
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: 'openclaw', version: openclawVersion } },
    components: Object.entries(packages).map(([key, { resolution }]) => component(key, resolution.integrity)),
  });
}

function component(key: string, integrity: string | undefined) {
  const at = key.lastIndexOf('@');
  const [name, version] = [key.slice(0, at), key.slice(at + 1)];
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const sha512 = integrity?.match(/^sha512-(.+)$/)?.[1];
  const hashes = sha512 ? [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }] : [];
  return { type: 'library', name, version, purl, 'bom-ref': purl, hashes };
}
