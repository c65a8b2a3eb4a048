import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** What an image is made of: packages, and what is done in their root folder `root` once they are unpacked. */
type DebianImage = { name: string; packages: string[]; finish?: string };

export const noBase = 'there is no base image, and it can be made of Debian’s packages on Debian alone';

/** What Node and a shell need, and nothing else. */
export const base = {
  name: 'clawster-test/base:debian-2',
  packages: [
    'base-files',
    'netbase',
    'libc6',
    'libc-bin',
    'libgcc-s1',
    'libstdc++6',
    'libatomic1',
    'zlib1g',
    'busybox',
    'ca-certificates',
  ],
} satisfies DebianImage;
/** Merged `/usr` first, so that the loader lands in the right place. */
const unpack = (finish: string) => `set -eu
mkdir -p root/usr/bin root/usr/sbin root/usr/lib root/usr/lib64 root/tmp root/proc root/sys root/dev root/etc
for d in bin sbin lib lib64; do ln -s usr/$d root/$d; done
for p in *.deb; do dpkg-deb --fsys-tarfile "$p" | tar -x -C root --keep-directory-symlink --exclude './usr/share/doc/*'; done
for a in $(root/usr/bin/busybox --list); do [ -e root/usr/bin/$a ] || [ -e root/usr/sbin/$a ] || ln -s busybox root/usr/bin/$a; done
chmod 1777 root/tmp
echo 'root:x:0:0:root:/root:/bin/sh' >root/etc/passwd
echo 'root:x:0:' >root/etc/group
${finish}
tar -c -C root --numeric-owner --owner 0 --group 0 -f base.tar .`;

/** A small image on the engine, made of Debian's packages: no registry is asked. Undefined where it cannot be made. */
export async function importDebian(socket: string, image: DebianImage): Promise<string | undefined> {
  const { name, packages, finish = '' } = image;
  if ((await ask(socket, 'GET', `/images/${name}/json`)).status === 200) return name;
  const folder = await mkdtemp(join(tmpdir(), 'clawster-base-'));
  try {
    const download = () =>
      run('apt-get', ['-o', 'APT::Sandbox::User=root', '-qq', 'download', ...packages], { cwd: folder });
    // A machine that never asked does not know what there is.
    await download().catch(() => run('apt-get', ['-qq', 'update']).then(download));
    if ((await readdir(folder)).length < packages.length) return undefined;
    await run('sh', ['-c', unpack(finish)], { cwd: folder });
    const path = `/images/create?fromSrc=-&repo=${name}`;
    const { status, body } = await ask(socket, 'POST', path, join(folder, 'base.tar'));
    if (status !== 200) throw new Error(`The engine did not take the base image: ${body}`);
    return name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(socketPath: string, method: string, path: string, file?: string) {
  const headers = file ? { 'content-type': 'application/x-tar' } : {};
  const asked = request({ socketPath, method, path, headers });
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
  if (file) createReadStream(file).pipe(asked);
  else asked.end();
  const [response] = await answered;
  return { status: response.statusCode, body: await text(response) };
}
