import type { ReloadKind, ValueChange } from '@clawster/contract/configuration';
import type { SettingIssue } from '@clawster/domain/config/settable';
import type { BotConfiguration } from './configured-bot.ts';

type Case = {
  before: BotConfiguration;
  after: BotConfiguration;
  changes: ValueChange[];
  version: string;
  versionBefore: string;
};

/** Whether a bot can take a change over, and how a running gateway does. */
export function judge({ before, after, changes, version, versionBefore }: Case) {
  const known = new Set(before.issues.map(({ path, message }) => `${path} ${message}`));
  const issues: SettingIssue[] = after.issues.filter(({ path, message }) => !known.has(`${path} ${message}`));
  const reload: ReloadKind = version === versionBefore ? (changes.length > 0 ? 'hot' : 'none') : 'restart';
  return { changes, reload, issues };
}
