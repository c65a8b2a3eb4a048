import type { BotImpact, Impact, ValueChange } from '@clawster/contract/configuration';
import type { BotSpec } from '@clawster/contract/bot';
import type { ReloadKind } from '@clawster/contract/openclaw-schema';
import { changesBetween } from '@clawster/domain/config/changes-between';
import type { LayerStore } from '@clawster/domain/config/layers-of';
import type { SettingIssue } from '@clawster/domain/config/settable';
import { type BotConfiguration, type ConfiguredBot, configurationBy } from './configured-bot.ts';
import { judge } from './judge.ts';

/** A bot before and after a change, and what its layers come to both times. */
export type Changed = {
  bot: ConfiguredBot;
  specBefore: BotSpec;
  before: BotConfiguration;
  after: BotConfiguration;
  /** Of what OpenClaw and the model are told. */
  changes: ValueChange[];
  reload: ReloadKind;
  /** Why it could not take the change over; what was wrong before is no reason. */
  issues: SettingIssue[];
};

export type Pair = { before: ConfiguredBot; after: ConfiguredBot };

/** What a change does to each bot. One whose configuration stays the same has no changes, and issues only where they are new. */
export function impactOn(pairs: readonly Pair[], stores: { before: LayerStore; after: LayerStore }): Changed[] {
  return pairs.map((pair) => {
    const before = configurationBy(stores.before, pair.before);
    const after = configurationBy(stores.after, pair.after);
    const changes = changesOfBot(before, after);
    const judged = judge(versioned(pair.before, before), versioned(pair.after, after), changes);
    return { bot: pair.after, specBefore: pair.before.spec, before, after, ...judged };
  });
}

function versioned({ spec }: ConfiguredBot, configuration: BotConfiguration) {
  return { configuration, version: spec.runtimeVersion };
}

function changesOfBot(before: BotConfiguration, after: BotConfiguration): ValueChange[] {
  return [
    ...changesBetween({ document: before.document }, { document: after.document }),
    ...changesBetween({ files: before.files }, { files: after.files }),
    ...changesBetween({ skills: before.skills }, { skills: after.skills }),
  ];
}

const changesMax = 200;

/** What is told of a change before it is made. */
export function tellImpact(changed: readonly Changed[], limit: number): Impact {
  const touched = changed.filter(({ changes, issues }) => changes.length > 0 || issues.length > 0);
  const count = (kind: ReloadKind) => touched.filter((one) => one.issues.length === 0 && one.reload === kind).length;
  return {
    concerned: changed.length,
    changed: touched.filter(({ changes }) => changes.length > 0).length,
    hot: count('hot'),
    restart: count('restart'),
    refused: touched.filter(({ issues }) => issues.length > 0).length,
    bots: touched
      .toSorted((one, other) => one.bot.name.localeCompare(other.bot.name))
      .slice(0, limit)
      .map(toBotImpact),
  };
}

function toBotImpact({ bot, changes, reload, issues }: Changed): BotImpact {
  return {
    botId: bot.id,
    botName: bot.name,
    changes: changes.slice(0, changesMax),
    changeCount: changes.length,
    reload,
    issues,
  };
}
