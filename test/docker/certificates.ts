import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

/** A certificate with its key, as text and as files. */
export type Signed = { certificate: string; key: string; files: { certificate: string; key: string } };
/** An authority that signs certificates of these names and addresses; files lie in its folder. */
export type Authority = Signed & { sign(name: string, alternatives: string): Promise<Signed> };

/** Makes an authority that nobody but the test trusts. */
export async function makeAuthority(folder: string, name: string): Promise<Authority> {
  const own = await request(folder, name, ['-addext', 'basicConstraints=critical,CA:TRUE']);
  return {
    ...own,
    sign(signed, alternatives) {
      const by = ['-CA', own.files.certificate, '-CAkey', own.files.key];
      const says = [
        `subjectAltName=${alternatives}`,
        'extendedKeyUsage=serverAuth,clientAuth',
        'basicConstraints=CA:FALSE',
      ];
      return request(folder, `${name}-${signed}`, [...by, ...says.flatMap((one) => ['-addext', one])]);
    },
  };
}

async function request(folder: string, name: string, more: string[]): Promise<Signed> {
  const files = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  // Debian's own configuration would add what a signed certificate may not have.
  const config = join(folder, 'openssl.cnf');
  await writeFile(config, '[req]\ndistinguished_name=dn\n[dn]\n');
  const out = ['-keyout', files.key, '-out', files.certificate, '-subj', `/CN=${name}`, '-config', config];
  await run('openssl', ['req', '-x509', ...ec, ...out, ...more]);
  const [certificate, key] = await Promise.all([readFile(files.certificate, 'utf8'), readFile(files.key, 'utf8')]);
  return { certificate, key, files };
}
