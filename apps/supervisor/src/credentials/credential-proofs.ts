import { setTimeout as sleep } from 'node:timers/promises';
import type { Credential, CredentialProof } from '@clawster/link/channel';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { Running } from '../gateway/bring-up.ts';
import type { Host } from '../host.ts';
import { type Change, type Finding, proveCredential } from './prove-credential.ts';

type Proving = { signal: AbortSignal; running: Running; applied: Configure };

/** Proves what a bot's secrets are used for: a value counts as changed when the other side took it, not when it was sent. */
export class CredentialProofs {
  readonly #host: Pick<Host, 'status' | 'log' | 'timing'>;
  /** By secret, version and use; what is not in it is still to be found out. */
  readonly #found = new Map<string, { credential: Credential; ok: boolean; text: string; at: string }>();
  #over = new AbortController();
  #before: Credential[] = [];

  constructor(host: Pick<Host, 'status' | 'log' | 'timing'>) {
    this.#host = host;
  }

  /** Proves all that this configuration uses and that is not proven yet, for as long as it is in force. */
  begin(running: Running): void {
    this.stop();
    const { applied } = running;
    const known = new Set(applied.credentials.map(keyOf));
    for (const key of this.#found.keys()) if (!known.has(key)) this.#found.delete(key);
    this.#tell(applied.credentials);
    const proving = { signal: AbortSignal.any([this.#over.signal, running.gone]), running, applied };
    for (const credential of applied.credentials) {
      if (this.#found.get(keyOf(credential))?.ok) continue;
      void this.#prove(credential, proving).catch(() => {});
    }
    this.#before = applied.credentials;
  }

  stop(): void {
    this.#over.abort(new Error('Something else is in force'));
    this.#over = new AbortController();
  }

  /** A refusal and a value that is stuck are told, and tried on: the other side may come round, or back. */
  async #prove(credential: Credential, { signal, running, applied }: Proving): Promise<void> {
    const { firstMs, laterMs, deadlineMs } = this.#host.timing.proof;
    const change: Change = { since: this.#hasOtherValue(credential) ? (running.secretsAt ?? 0) : 0 };
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      const finding = await proveCredential(credential, { running, applied, change, signal });
      signal.throwIfAborted();
      if (finding.outcome === 'proven') return this.#settle(credential, applied, { ok: true, text: finding.text });
      const isLate = Date.now() >= deadline;
      if (isLate || finding.outcome === 'refused')
        this.#settle(credential, applied, { ok: false, text: isLate ? this.#stuck(finding) : finding.text });
      await sleep(isLate ? laterMs : firstMs, undefined, { signal });
    }
  }

  #stuck({ outcome, text }: Finding): string {
    if (outcome === 'refused') return text;
    return `Not proven within ${Math.round(this.#host.timing.proof.deadlineMs / 1_000)} s. ${text}`;
  }

  #hasOtherValue({ secretId, version, use }: Credential): boolean {
    const isSameUse = (one: Credential) => JSON.stringify(one.use) === JSON.stringify(use);
    return this.#before.some((one) => isSameUse(one) && (one.secretId !== secretId || one.version !== version));
  }

  #settle(credential: Credential, applied: Configure, { ok, text }: { ok: boolean; text: string }): void {
    const before = this.#found.get(keyOf(credential));
    if (before?.ok === ok && before.text === text) return;
    this.#found.set(keyOf(credential), { credential, ok, text, at: new Date().toISOString() });
    this.#host.log(ok ? 'info' : 'warn', 'a credential was proven', { ...credential, ok, text });
    this.#tell(applied.credentials);
  }

  /** One proof a version: taken when every use of it was, and told once no use is open. */
  #tell(credentials: readonly Credential[]): void {
    const versions = Map.groupBy(credentials, ({ secretId, version }) => `${secretId} ${version}`);
    const proofs = [...versions.values()].flatMap((uses): CredentialProof[] => {
      const found = uses.flatMap((use) => this.#found.get(keyOf(use)) ?? []);
      const failed = found.filter(({ ok }) => !ok);
      const [last] = (failed.length > 0 ? failed : found).toSorted((one, other) => other.at.localeCompare(one.at));
      if (!last || (failed.length === 0 && found.length < uses.length)) return [];
      const { secretId, version } = last.credential;
      return [{ secretId, version, ok: last.ok, text: textOf(failed.length > 0 ? failed : found), at: last.at }];
    });
    this.#host.status.proofs(proofs);
  }
}

function textOf(found: readonly { text: string }[]): string {
  return [...new Set(found.map(({ text }) => text))].join('. ');
}

function keyOf({ secretId, version, use }: Credential): string {
  return JSON.stringify([secretId, version, use]);
}
