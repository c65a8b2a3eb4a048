import type { ValueChange } from '@clawster/contract/configuration';
import type { ReloadKind } from '@clawster/contract/openclaw-schema';
import type { SettingIssue } from '@clawster/domain/config/settable';
import type { BotConfiguration } from './configured-bot.ts';
import { checkDocument } from './check-document.ts';
import { reloadKindOf } from './reload-of.ts';

/** A configuration, and the OpenClaw it is for. */
export type Versioned = { configuration: BotConfiguration; version: string };
export type Judged = { changes: ValueChange[]; reload: ReloadKind; issues: SettingIssue[] };

/** What is wrong with a configuration: by its layers, and by the schema of the OpenClaw it is for. */
export function issuesOf({ configuration, version }: Versioned): SettingIssue[] {
  const invalid = checkDocument(configuration.document, version);
  return [
    ...configuration.issues,
    ...invalid.map(({ path, message }) => ({ path: path ? `openclaw.${path}` : 'openclaw', message })),
  ];
}

/** Whether a bot can take a change over, and how a running gateway does. What was wrong before is no reason against it. */
export function judge(before: Versioned, after: Versioned, changes: readonly ValueChange[]): Judged {
  const isSameVersion = before.version === after.version;
  const told = changes.map((change): ValueChange => ({ ...change, reload: reloadOfChange(change, after.version) }));
  return {
    changes: told,
    reload: isSameVersion ? gravest(told.map(({ reload = 'none' }) => reload)) : 'restart',
    issues: changes.length === 0 && isSameVersion ? newLayerIssues(before, after) : newIssues(before, after),
  };
}

/** The files and skills of a bot are read anew at every turn. */
function reloadOfChange({ path }: ValueChange, version: string): ReloadKind {
  const name = /^document\.(.*)$/s.exec(path)?.[1];
  return name === undefined ? 'hot' : reloadKindOf(name, version);
}

function gravest(kinds: readonly ReloadKind[]): ReloadKind {
  if (kinds.includes('restart')) return 'restart';
  return kinds.includes('hot') ? 'hot' : 'none';
}

/** The document is looked at only where it is another: for hundreds of bots that is most of the work. */
function newIssues(before: Versioned, after: Versioned): SettingIssue[] {
  const issues = issuesOf(after);
  return issues.length === 0 ? [] : without(issues, issuesOf(before));
}

function newLayerIssues(before: Versioned, after: Versioned): SettingIssue[] {
  return without(after.configuration.issues, before.configuration.issues);
}

function without(issues: readonly SettingIssue[], known: readonly SettingIssue[]): SettingIssue[] {
  const told = new Set(known.map(({ path, message }) => `${path} ${message}`));
  return issues.filter(({ path, message }) => !told.has(`${path} ${message}`));
}
