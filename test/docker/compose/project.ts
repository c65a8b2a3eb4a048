import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chown, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import { freePort } from '../../../apps/cli/src/up/ports.ts';
import { layOutImages, whyNoImages } from './lay-out-images.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
const images = { CLAWSTER_IMAGE: 'clawster-test/clawster', CLAWSTER_POSTGRES_IMAGE: 'clawster-test/postgres' };
/** The user in the containers. */
const user = { uid: 1000, gid: 1000 };

type Program = [file: string, ...first: string[]];
const programs: Program[] = [['docker-compose'], ['docker', 'compose']];

/** The program that reads compose files, or why nothing can be started by it here. */
export async function findCompose(): Promise<Program | { why: string }> {
  if (![0, user.uid].includes(process.getuid?.() ?? -1)) return { why: `the secrets are files of user ${user.uid}` };
  const why = await whyNoImages();
  if (why) return { why };
  for (const program of programs) {
    const [file, ...first] = program;
    if (await run(file, [...first, 'version']).catch(() => undefined)) return program;
  }
  return { why: 'there is no docker-compose: `./clawster test docker` installs Debian’s' };
}

export type Engine = { socket: string; baseImage: string };

/** What a person does in `deploy`, in a copy of it, with secrets and a port of its own. */
export class Project {
  readonly name = `clawster-test-${randomUUID().slice(0, 8)}`;
  readonly secrets = { 'database-password': randomBytes(32).toString('hex'), key: randomBytes(32).toString('base64') };
  readonly engine: Docker;
  url = '';
  folder = '';
  /** What is written after `docker compose`, before what is to be done. */
  files = ['compose.yaml'];
  #environment: NodeJS.ProcessEnv = {};

  constructor(
    readonly program: Program,
    readonly place: Engine,
  ) {
    this.engine = new Docker({ socketPath: place.socket });
  }

  async prepare(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'clawster-compose-'));
    await cp(join(root, 'deploy'), this.folder, { recursive: true, filter: (file) => !file.endsWith('secrets') });
    await mkdir(join(this.folder, 'secrets'));
    for (const [name, value] of Object.entries(this.secrets)) await this.writeSecret(name, value);
    const port = (await freePort(0)) ?? 0;
    this.url = `http://127.0.0.1:${port}`;
    this.#environment = {
      ...process.env,
      ...images,
      DOCKER_HOST: `unix://${this.place.socket}`,
      COMPOSE_PROJECT_NAME: this.name,
      // The engine's own builder: the other one asks for a registry.
      COMPOSE_DOCKER_CLI_BUILD: '0',
      CLAWSTER_PORT: String(port),
      CLAWSTER_LINK_VOLUME: `${this.name}-link`,
      DOCKER_SOCKET: this.place.socket,
      FOLDER: this.folder,
      BASE: this.place.baseImage,
    };
  }

  async writeSecret(name: string, value: string, mode = 0o600): Promise<void> {
    const file = join(this.folder, 'secrets', name);
    await rm(file, { force: true, recursive: true });
    await writeFile(file, `${value}\n`, { mode });
    await chown(file, user.uid, user.gid);
  }

  set(name: string, value: string): void {
    this.#environment[name] = value;
  }

  /** Builds the repository's own Dockerfile as its compose file says; the registry of packages is that of this machine. */
  async build(): Promise<void> {
    await layOutImages(join(this.folder, 'images'));
    const { stdout } = await run('npm', ['config', 'get', 'registry']);
    this.set('REGISTRY', stdout.trim());
    const files = [join(root, 'deploy/compose.yaml'), join(import.meta.dirname, 'build.yaml')];
    await this.#run(files, ['build', 'node']);
    await this.#run(files, ['build', 'server', 'postgres']);
  }

  /** `docker compose …` in the folder, with a text on its standard input; answers with all it wrote. */
  compose(what: string[], input = ''): Promise<string> {
    return this.#run(
      this.files.map((file) => resolve(this.folder, file)),
      what,
      input,
    );
  }

  /** Copies a file out of a service's container, as `docker compose cp` does, for its user to read. */
  async copyOut(service: string, from: string, to: string): Promise<void> {
    const { id } = await this.container(service);
    await run('docker', ['cp', `${id}:${from}`, to], { env: this.#environment });
    await chown(to, user.uid, user.gid);
  }

  async #run(files: string[], what: string[], input = ''): Promise<string> {
    const [program, ...first] = this.program;
    const named = files.flatMap((file) => ['-f', file]);
    const settings = { cwd: this.folder, env: this.#environment, maxBuffer: 64e6 };
    const asked = run(program, [...first, ...named, ...what], settings);
    asked.child.stdin?.end(input);
    const { stdout, stderr } = await asked;
    return stdout + stderr;
  }

  async container(service: string): Promise<Docker.Container> {
    const label = [`com.docker.compose.project=${this.name}`, `com.docker.compose.service=${service}`];
    const found = await this.engine.listContainers({ all: true, filters: { label } });
    const [one] = found.filter(({ Labels }) => Labels['com.docker.compose.oneoff'] !== 'True');
    return this.engine.getContainer(one?.Id ?? 'none');
  }

  inspect = async (service: string) => (await this.container(service)).inspect();

  async remove(): Promise<void> {
    await this.compose(['down', '-v', '--remove-orphans', '-t', '1']);
    await rm(this.folder, { recursive: true, force: true });
  }
}
