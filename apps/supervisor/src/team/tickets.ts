import { randomBytes } from 'node:crypto';

/** From which conversation a call comes, as OpenClaw said it itself. */
export type Whence = { session: string; runId?: string | undefined; toolCallId?: string | undefined };

/** Between its issue and the call there are milliseconds; calls that never come are forgotten, the oldest first. */
const ticketsMax = 1_000;

/**
 * What a call is stamped with: good for one call of one tool, and known to the bridge alone. A model that writes one itself
 * would have to guess it.
 */
export class Tickets {
  readonly #issued = new Map<string, { tool: string; whence: Whence }>();

  issue(tool: string, whence: Whence): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#issued.set(ticket, { tool, whence });
    for (const oldest of this.#issued.keys()) {
      if (this.#issued.size <= ticketsMax) break;
      this.#issued.delete(oldest);
    }
    return ticket;
  }

  /** Where the call with this ticket comes from; undefined when it was not issued for this tool, or was used. */
  redeem(ticket: unknown, tool: string): Whence | undefined {
    if (typeof ticket !== 'string') return undefined;
    const found = this.#issued.get(ticket);
    this.#issued.delete(ticket);
    return found?.tool === tool ? found.whence : undefined;
  }
}
