import type { Notifier } from '@clawster/contract/notifier';
import { useMutation } from '@tanstack/react-query';
import { CirclePause, CirclePlay, Pencil, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { kindWords } from '../inbox/inbox-looks.ts';
import { useWhyForbidden } from '../session/use-identity.ts';

export const notifierWords: Record<Notifier['kind'], string> = { slack: 'Slack', mail: 'Mail', webhook: 'Webhook' };

function lookOf({ enabled, trouble, sentAt }: Notifier): Look {
  if (!enabled) return { word: 'Stopped', tone: 'off', shape: 'square' };
  if (trouble) return { word: 'Fails', tone: 'bad', shape: 'cross' };
  return sentAt
    ? { word: 'Goes well', tone: 'ok', shape: 'disc' }
    : { word: 'Told nothing yet', tone: 'off', shape: 'question' };
}

/** A notifier: whom it tells, what, and how that goes. */
export function NotifierRow({ notifier, onChange }: { notifier: Notifier; onChange: () => void }) {
  const { id: notifierId, name, kind, host, person, inboxKinds, sentAt, trouble } = notifier;
  const forbidden = useWhyForbidden('notifier:manage');
  const test = useMutation({ mutationFn: () => client.notifiers.test({ notifierId }), onError: tellTrouble });
  const isAll = inboxKinds.length === Object.keys(kindWords).length;
  return (
    <li className="px-4 py-3" aria-label={name}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64 text-sm text-muted">
          <p className="flex flex-wrap items-center gap-x-3 text-base text-text">
            <span className="font-medium">{name}</span>
            <StateWord look={lookOf(notifier)} />
          </p>
          <p className="break-all">
            {notifierWords[kind]}
            {host ? `, ${host}` : ''}, in the name of {person.name}
          </p>
          <p>{isAll ? 'All that waits' : inboxKinds.map((one) => kindWords[one]).join(', ')}</p>
          {sentAt ? (
            <p>
              Last told <Time at={sentAt} />
            </p>
          ) : null}
          {trouble ? <p className="text-bad">{trouble}</p> : null}
        </div>
        <div className="flex gap-2">
          <Button icon={<Send />} whyNot={forbidden} busy={test.isPending} onClick={() => test.mutate()}>
            Send a test
          </Button>
          <Manage notifier={notifier} whyNot={forbidden} onChange={onChange} />
        </div>
      </div>
      {test.data ? (
        <p role="status" className={`mt-2 text-sm font-medium ${test.data.ok ? 'text-ok' : 'text-bad'}`}>
          {test.data.message}
        </p>
      ) : null}
    </li>
  );
}

type ManageProps = { notifier: Notifier; whyNot: string | undefined; onChange: () => void };

function Manage({ notifier: { id: notifierId, name, enabled }, whyNot, onChange }: ManageProps) {
  const [asked, setAsked] = useState(false);
  const turn = useChange({
    call: () => client.notifiers.update({ notifierId, enabled: !enabled }),
    nouns: ['notifiers'],
    said: () => (enabled ? `${name} tells nothing any more.` : `${name} tells again.`),
    tellsTrouble: true,
  });
  const remove = useChange({
    call: () => client.notifiers.delete({ notifierId }),
    nouns: ['notifiers'],
    said: () => `${name} was deleted.`,
  });
  return (
    <>
      <Menu label="Manage">
        <MenuItem
          icon={<Pencil />}
          title="Change"
          hint="Name, address and what is told"
          whyNot={whyNot}
          onChoose={onChange}
        />
        <MenuItem
          icon={enabled ? <CirclePause /> : <CirclePlay />}
          title={enabled ? 'Stop' : 'Go on'}
          hint={enabled ? 'Tell nothing until it goes on' : 'Tell what waits from now on'}
          whyNot={whyNot}
          onChoose={() => turn.mutate()}
        />
        <MenuSeparator />
        <MenuItem
          icon={<Trash2 />}
          title="Delete"
          hint="Links that were sent are void"
          danger
          whyNot={whyNot}
          onChoose={() => setAsked(true)}
        />
      </Menu>
      {asked ? (
        <DeleteDialog
          title={`Delete ${name}`}
          lead="Nothing is told there any more, and links that were sent are void."
          verb="Delete it"
          remove={remove}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </>
  );
}
