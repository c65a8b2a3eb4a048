import { Personality, Role, Settings, Style } from '@clawster/contract/settings';

/** Who a bot was, as far as the files say that its identity was written into. */
export type ReadIdentity = { personality: string; settings: Settings };

/**
 * The way back from a bot's identity files, for one of which nothing else is left. The bot could write them, too: what is
 * too long to be ours is left out. Goals and what it was told of its team are not read back.
 */
export function identityFrom(files: Readonly<Record<string, string>>): ReadIdentity {
  const text = (name: string) => (files[name] ?? '').replaceAll('\0', '').toWellFormed();
  const [soul = '', spoken = ''] = text('SOUL.md')
    .replace(/^# Soul\s*/, '')
    .split(/(?:^|\n)## How you speak\n/);
  const role = /^# Your role\n+(.*?)\s*(?:\n# |\n## Team\n|$)/s.exec(text('AGENTS.md'))?.[1];
  const emoji = /^- Emoji: (\S{1,16})$/m.exec(text('IDENTITY.md'))?.[1];
  const identity = {
    ...said('role', Role.safeParse(role?.trim())),
    ...said('style', Style.safeParse(spoken.trim())),
    ...(emoji ? { emoji } : {}),
  };
  return {
    personality: Personality.safeParse(soul.trim()).data ?? '',
    settings: Settings.parse(Object.keys(identity).length > 0 ? { identity } : {}),
  };
}

function said(name: string, { data }: { data?: string | undefined }): Record<string, string> {
  return data ? { [name]: data } : {};
}
