/** One channel with its one account, as the stand-in plays it. */
export type StandInChannel = {
  /** Its token: one that begins with `refused` is, one that begins with `away` reaches nobody. WhatsApp has none. */
  token?: string | undefined;
  /** WhatsApp's: whether its code was scanned. */
  linked?: boolean;
  lastStartAt: number;
  /** Who waits to be let in. */
  waiting: string[];
};
export type StandInChannels = Map<string, StandInChannel>;

/** Whether the channel is at an end until somebody gives it another token. */
export function isBlocked({ token }: StandInChannel): boolean {
  return token?.startsWith('refused') ?? false;
}

/** One account as `channels.status` tells it. */
export function accountOf(channel: StandInChannel, probe: boolean) {
  const common = {
    accountId: 'default',
    enabled: true,
    configured: true,
    lastStartAt: channel.lastStartAt,
    lastInboundAt: null,
    lastOutboundAt: null,
  };
  if (channel.linked === false)
    return {
      ...common,
      linked: false,
      running: false,
      lifecycle: 'stopped',
      stateReason: 'not linked',
      lastError: null,
    };
  if (isBlocked(channel)) {
    const refused = { ok: false, status: 401, error: 'Unauthorized' };
    return { ...common, ...away('blocked', 'Unauthorized'), running: false, ...(probe ? { probe: refused } : {}) };
  }
  if (channel.token?.startsWith('away')) return { ...common, ...away('recovering', 'fetch failed'), running: true };
  const known = { ok: true, status: null, error: null, bot: { id: 1, username: 'stand_in_bot' } };
  return {
    ...common,
    running: true,
    connected: true,
    lifecycle: 'ready',
    lastError: null,
    ...(channel.linked ? { linked: true, self: { e164: '+15550001111' } } : {}),
    ...(probe ? { probe: known } : {}),
  };
}

function away(lifecycle: string, lastError: string) {
  return { connected: false, lifecycle, lastError };
}
