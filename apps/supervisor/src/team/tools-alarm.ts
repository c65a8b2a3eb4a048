import type { Running } from '../gateway/bring-up.ts';
import type { Host } from '../host.ts';

export const missingTools =
  'The bot does not see its team’s tools: OpenClaw did not ask for them. Restart the bot; if that does not help, run a repair';

type Options = Pick<Host, 'status' | 'timing'> & {
  running: () => Running | undefined;
  hasTools: () => boolean;
  lastSessionAt: () => number | undefined;
};

/**
 * OpenClaw says nothing when it cannot reach a tool server, or is not let in: the tools are missing without a word. A turn that
 * begins asks for them, so that one after which nobody asked says it.
 */
export class ToolsAlarm {
  readonly #options: Options;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** A turn begins, or the gateway was proven with one. */
  turnBegan(): void {
    const { hasTools, timing } = this.#options;
    if (!hasTools() || this.#timer !== undefined || this.#isServed()) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!hasTools() || this.#isServed() || !this.#options.running()) return;
      this.#options.status.impair('team', missingTools);
    }, timing.teamToolsMs);
  }

  /** OpenClaw asked for the tools, or it needs them no more. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#options.status.impair('team', undefined);
  }

  /** Whether the gateway that runs has asked since its start. */
  #isServed(): boolean {
    const since = this.#options.running()?.process.startedAt ?? Number.POSITIVE_INFINITY;
    return (this.#options.lastSessionAt() ?? 0) >= since;
  }
}
