'use client';

import { api } from '@clawster/contract/api';
import type { Bot, BotSpec } from '@clawster/contract/bot';
import type { Document } from '@clawster/contract/document';
import type { Revision, RevisionDetail } from '@clawster/contract/revision';
import { changesBetween } from '@clawster/domain/config/changes-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { rememberBot } from '../bot/use-bot-action.ts';
import { ReviewDialog } from '../configuration/review-dialog.tsx';
import { ValueChanges } from '../configuration/value-changes.tsx';

type RollBackDialogProps = { bot: Bot; revision: Revision; onClose: () => void };

/** Makes the bot itself again what it was, after a look at what that comes to now. */
export function RollBackDialog(props: RollBackDialogProps) {
  const { bot, revision, onClose } = props;
  const { data, error, refetch } = useQuery(q(api.revisions.get, { botId: bot.id, number: revision.number }));
  if (data) return <Known {...props} past={data} />;
  return (
    <Dialog open wide onClose={onClose} title={titleOf(props)}>
      {error ? (
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      ) : (
        <Skeleton className="h-24 w-full" />
      )}
    </Dialog>
  );
}

function Known(props: RollBackDialogProps & { past: RevisionDetail }) {
  const { bot, revision, past, onClose } = props;
  const queryClient = useQueryClient();
  const { desired: _, template, ...spec } = past.spec;
  const own = changesBetween(comparable(bot.spec), comparable(past.spec));
  return (
    <ReviewDialog
      title={titleOf(props)}
      lead="The bot itself becomes what it was. Layers it shares with others stay as they are now, and whether it runs does too."
      proposed={{ kind: 'bot', botId: bot.id, change: { ...spec, template: template ?? null } }}
      verb="Roll back"
      save={async (reason) => {
        const asked = { botId: bot.id, number: revision.number, reason };
        rememberBot(queryClient, await client.revisions.rollBack(asked));
        return `${bot.name} is what it was at revision ${revision.number}.`;
      }}
      onDone={onClose}
      onClose={onClose}
    >
      {own.length > 0 ? (
        <section aria-label="Of the bot itself">
          <h3 className="text-sm font-medium">Of the bot itself</h3>
          <ValueChanges changes={own} />
        </section>
      ) : null}
    </ReviewDialog>
  );
}

function titleOf({ bot, revision: { number, label } }: RollBackDialogProps): string {
  return `Roll ${bot.name} back to revision ${number}${label ? ` (${label})` : ''}`;
}

/** What OpenClaw and the model are told is shown as that. */
function comparable(spec: BotSpec): Document {
  const { connectorId, model, runtimeVersion, memoryBytesMax, diskBytesMax, disconnect, drift, modelCheck } = spec;
  return { connectorId, model, runtimeVersion, memoryBytesMax, diskBytesMax, disconnect, drift, modelCheck };
}
