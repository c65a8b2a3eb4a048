import { readFile, stat } from 'node:fs/promises';
import { type Dispatcher, request } from 'undici';

/** How this server signs in to a vault: by a token that something else keeps fresh, or by an AppRole. Both lie in files. */
export type VaultSignIn = { tokenFile: string } | { roleId: string; secretIdFile: string };

export type VaultAccess = {
  url: string;
  namespace?: string | undefined;
  signIn: VaultSignIn;
  /** Connects where it may; absent: anywhere. */
  dispatcher?: Dispatcher;
};

/** What a vault answered when it did not do what it was asked. */
export class VaultRefused extends Error {
  readonly status: number;

  constructor(status: number, errors: readonly string[]) {
    super(errors.join('; ') || `HTTP ${status}`);
    this.status = status;
  }
}

type Ask = { method: 'GET' | 'POST'; path: string; body?: unknown; signal?: AbortSignal };

const timeoutMs = 10_000;

/** Asks OpenBao or HashiCorp Vault over HTTP; signs in when it has to. Throws a VaultRefused with what it answered. */
export class VaultClient {
  readonly #access: VaultAccess;
  #token: { value: string; until: number } | undefined;

  constructor(access: VaultAccess) {
    this.#access = access;
  }

  async ask(ask: Ask): Promise<Record<string, unknown>> {
    try {
      return await this.#send(ask, await this.#signedIn());
    } catch (error) {
      const mayBeOver = error instanceof VaultRefused && error.status === 403 && 'roleId' in this.#access.signIn;
      if (!mayBeOver) throw error;
      this.#token = undefined;
      return this.#send(ask, await this.#signedIn());
    }
  }

  async #signedIn(): Promise<string> {
    const { signIn } = this.#access;
    // Read each time: an agent writes a new one before the old one ends.
    if ('tokenFile' in signIn) return readPrivate(signIn.tokenFile);
    if (this.#token && performance.now() < this.#token.until) return this.#token.value;
    const body = { role_id: signIn.roleId, secret_id: await readPrivate(signIn.secretIdFile) };
    const answer = await this.#send({ method: 'POST', path: 'auth/approle/login', body });
    const { client_token: value, lease_duration: seconds } = answer['auth'] as Login;
    this.#token = { value, until: performance.now() + renewAfter * seconds * 1000 };
    return value;
  }

  async #send({ method, path, body, signal }: Ask, token?: string): Promise<Record<string, unknown>> {
    const { url, namespace, dispatcher } = this.#access;
    const deadline = AbortSignal.timeout(timeoutMs);
    const answer = await request(`${url}/v1/${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-vault-request': 'true',
        ...(token === undefined ? {} : { 'x-vault-token': token }),
        ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(dispatcher ? { dispatcher } : {}),
    });
    const parsed = parse(await answer.body.text());
    if (answer.statusCode >= 200 && answer.statusCode < 300) return parsed;
    throw new VaultRefused(answer.statusCode, (parsed['errors'] as string[] | undefined) ?? []);
  }
}

type Login = { client_token: string; lease_duration: number };
/** Of a token's time; the rest is for a vault that is slow to answer. */
const renewAfter = 0.8;

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** What is in a file that nobody else may read. */
async function readPrivate(file: string): Promise<string> {
  const { mode } = await stat(file);
  if (mode & 0o077) throw new VaultRefused(403, [`others can read ${file}: run chmod 600 ${file}`]);
  return (await readFile(file, 'utf8')).trim();
}
