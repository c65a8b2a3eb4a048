import { retryAfterMs } from '@clawster/gateway/gateway-error';
import type { BringUpFailure } from './gateway/bring-up.ts';
import { CrashLoop } from './gateway/crash-loop.ts';
import type { ExitKind } from './gateway/exit-reason.ts';
import type { Host } from './host.ts';
import { Retry } from './retry.ts';

const configurationRetryMs = 5 * 60_000;
/** Each of another port: when the third is taken too, it is something else. */
const portsAtOnceMax = 3;

/** What went wrong with the gateway so far: told, counted, and tried again at the right time. */
export class Failures {
  readonly retry: Retry;
  readonly #host: Host;
  readonly #crashes = new CrashLoop();

  constructor(host: Host) {
    this.#host = host;
    this.retry = new Retry(host.status);
  }

  add({ failure: { sentence: cause, kind }, hasCrashed, retryAfterMs }: BringUpFailure): void {
    const { status, spool, log } = this.#host;
    const loop = hasCrashed && kind !== 'configuration' ? this.#crashes.note(Date.now()) : undefined;
    const sentence = loop ? `${loop}. ${cause}` : cause;
    status.evidence('supervisor', false, sentence);
    spool.add('gateway-failed', { reason: sentence });
    this.retry.failed(waitAfter(kind, this.retry.failures), retryAfterMs);
    log('error', sentence, { failures: this.retry.failures });
    // With nothing to go back to there is nobody else to say so.
    const { generation, refused } = status.report();
    if (kind === 'configuration' && !refused) status.refused({ generation, reason: cause });
    const isOver = loop !== undefined || this.retry.failures > 4 || kind === 'configuration';
    status.set(isOver ? 'failed' : 'starting', sentence);
    status.step('gateway', isOver ? 'failed' : 'waiting', sentence);
  }

  /** Whether such an end speaks against the configuration; an unexplained one does the third time. */
  isTheDocument(kind: ExitKind): boolean {
    return kind === 'configuration' || kind === 'late' || (kind === 'other' && this.retry.failures >= 2);
  }

  /** It lasted: what was is no longer held against it. */
  calm(): void {
    this.retry.calm();
    this.#crashes.forget();
  }

  /** It is to be something else. */
  forget(): void {
    this.retry.forget();
    this.#crashes.forget();
  }
}

/** The failure of a step that threw. */
export function failureOf(error: unknown): BringUpFailure {
  const sentence = error instanceof Error ? error.message : String(error);
  return { failure: { sentence, kind: 'other' }, hasCrashed: false, retryAfterMs: retryAfterMs(error) };
}

function waitAfter(kind: ExitKind, failures: number): Parameters<Retry['failed']>[0] {
  if (kind === 'configuration') return { waitMs: configurationRetryMs };
  if (kind === 'port' && failures < portsAtOnceMax) return { waitMs: 0 };
  return { firstMs: 1_000, lastMs: 120_000 };
}
