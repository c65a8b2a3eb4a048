'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { Configuration, ProposedChange } from '@clawster/contract/configuration';
import type { Settings } from '@clawster/contract/settings';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { DriftCard } from '../drift/drift-card.tsx';
import { BadRevision } from '../revision/bad-revision.tsx';
import { useRevisionOutcome } from '../revision/use-revision-outcome.ts';
import { rememberBot } from '../bot/use-bot-action.ts';
import { AbilityCards } from './ability-cards.tsx';
import { Effective } from './effective.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { LayersCard } from './layers-card.tsx';
import { PromptPreview } from './prompt-preview.tsx';
import { RawField } from './raw-field.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { SaveBar } from './save-bar.tsx';
import { draftOf, settingsOf } from './settings-draft.ts';
import { issuesOf, usePreview } from './use-preview.ts';
import { valueBelow } from './value-below.ts';

const EgressCard = lazily(() => import('../egress/egress-card.tsx').then((module) => module.EgressCard));

/** What a bot's layers come to, why, and what the bot itself says above them, to be changed. */
export function BotConfiguration({ bot }: { bot: Bot }) {
  const { data, error, refetch } = useQuery({
    ...q(api.configurations.get, { botId: bot.id }),
    enabled: bot.spec.desired !== 'destroyed',
  });
  const outcome = useRevisionOutcome(bot);
  const own = ownSettings(bot);
  if (bot.spec.desired === 'destroyed')
    return (
      <Empty title="It was destroyed">
        What it was told can be read in its revisions, and is back once it is restored.
      </Empty>
    );
  if (error && !data)
    return (
      <div className="p-4 sm:p-6">
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      </div>
    );
  // What others change of the bot itself replaces what is written here; what they change below it does not.
  return data && outcome.known ? (
    <div className="mx-auto max-w-6xl space-y-5 p-4 sm:p-6">
      {outcome.bad ? <BadRevision bot={bot} {...outcome.bad} /> : null}
      <DriftCard bot={bot} />
      <Known key={JSON.stringify(own)} bot={bot} own={own} configuration={data} />
    </div>
  ) : (
    <Waiting />
  );
}

type KnownProps = { bot: Bot; own: Settings; configuration: Configuration };

function Known({ bot, own, configuration }: KnownProps) {
  const { draft, setDraft, proposed, issues, files, discard } = useDraft({ bot, own, configuration });
  const [reviewing, setReviewing] = useState(false);
  const fields = {
    draft,
    onChange: setDraft,
    issues,
    belowAt: (path: string) => valueBelow(configuration.explained, path),
  };
  return (
    <>
      <StandingIssues issues={configuration.issues} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="space-y-5">
          <Card title="Identity and purpose">
            <IdentityFields {...fields} />
          </Card>
          <AbilityCards {...fields} />
        </div>
        <div className="space-y-5">
          <PromptPreview files={files} saved={configuration.files} />
          <LayersCard bot={bot} configuration={configuration} />
          <Card title="Own OpenClaw settings">
            <RawField {...fields} />
          </Card>
        </div>
      </div>
      <EgressCard bot={bot} draft={draft} onChange={setDraft} />
      <Effective explained={configuration.explained} />
      <SaveBar
        bot={bot}
        draft={draft}
        proposed={proposed}
        issues={issues}
        onDiscard={discard}
        onReview={() => setReviewing(true)}
      />
      {reviewing && proposed ? <Review bot={bot} proposed={proposed} onClose={() => setReviewing(false)} /> : null}
    </>
  );
}

type BotChange = ProposedChange & { kind: 'bot' };

function useDraft({ bot, own, configuration }: KnownProps) {
  const [draft, setDraft] = useState(() => draftOf(own));
  const settings = settingsOf(draft);
  const isChanged = JSON.stringify(settings) !== JSON.stringify(settingsOf(draftOf(own)));
  const proposed: BotChange | undefined = isChanged
    ? { kind: 'bot', botId: bot.id, change: changeOf(settings) }
    : undefined;
  const preview = usePreview(useSettled(draft.rawTrouble ? undefined : proposed));
  const changes = proposed ? (preview.data?.bots[0]?.changes ?? []) : [];
  const fileAfter = (name: string, text: string) => {
    const change = changes.find(({ path }) => path === `files["${name}"]` || path === `files.${name}`);
    return typeof change?.after === 'string' ? change.after : text;
  };
  return {
    draft,
    setDraft,
    proposed,
    issues: proposed ? issuesOf(preview) : [],
    files: Object.fromEntries(Object.entries(configuration.files).map(([name, text]) => [name, fileAfter(name, text)])),
    discard: () => setDraft(draftOf(own)),
  };
}

function Review({ bot, proposed, onClose }: { bot: Bot; proposed: BotChange; onClose: () => void }) {
  const queryClient = useQueryClient();
  const save = async (reason: string) => {
    rememberBot(queryClient, await client.bots.update({ botId: bot.id, ...proposed.change, reason }));
    return `${bot.name} was changed${bot.spec.desired === 'running' ? '; it takes it up now' : ''}.`;
  };
  return (
    <ReviewDialog
      title={`Change ${bot.name}`}
      lead="What it comes to, in what OpenClaw and the model are told."
      proposed={proposed}
      verb="Save"
      save={save}
      onDone={onClose}
      onClose={onClose}
    />
  );
}

/** The personality has a field of its own in what a bot should be; here it is one of the texts. */
function ownSettings({ spec: { settings, personality } }: Bot): Settings {
  const identity = settings.identity ?? {};
  return personality.trim() === '' ? settings : { ...settings, identity: { ...identity, personality } };
}

function changeOf({ identity, ...others }: Settings): BotChange['change'] {
  const { personality, ...rest } = identity ?? {};
  const left = personality === null ? { ...rest, personality } : rest;
  return {
    personality: personality ?? '',
    settings: {
      ...others,
      ...(identity === null || Object.keys(left).length > 0 ? { identity: identity && left } : {}),
    },
  };
}

/** What is wrong with it as it is saved. */
function StandingIssues({ issues }: { issues: Configuration['issues'] }) {
  return issues.map(({ path, message }) => <Trouble key={path + message} message={`${message} (${path})`} />);
}

function Waiting() {
  return (
    <div aria-busy className="mx-auto grid max-w-6xl gap-5 p-4 sm:p-6 lg:grid-cols-2">
      <Skeleton className="h-96 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}
