'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { Configuration, ProposedChange } from '@clawster/contract/configuration';
import type { LayerRef } from '@clawster/contract/layer';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { rememberBot } from '../bot/use-bot-action.ts';
import { useWhyNot } from '../bot/use-why-not.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { sayLayer } from './say-layer.ts';

type Change = (ProposedChange & { kind: 'bot' })['change'];
type Asked = { title: string; verb: string; change: Change };

/** The layers a bot has, the lowest first; profiles are attached and taken off here, a template is upgraded. */
export function LayersCard({ bot, configuration: { layers } }: { bot: Bot; configuration: Configuration }) {
  const [asked, setAsked] = useState<Asked>();
  const whyNot = useWhyNot()('update', bot);
  const { profileIds } = bot.spec;
  const detach = ({ id, name }: LayerRef) =>
    setAsked({
      title: `Take the profile ${name} off ${bot.name}`,
      verb: 'Take it off',
      change: { profileIds: profileIds.filter((other) => other !== id) },
    });
  return (
    <Card title="Layers, the lowest first" flush>
      <ol className="divide-y divide-line text-sm">
        {layers.map((layer) => (
          <li
            key={layer.kind + (layer.id ?? '')}
            className="flex min-h-11 items-center justify-between gap-2 px-4 py-1"
          >
            <span className="min-w-0 break-words">
              <LayerLink layer={layer} /> <span className="text-muted">{howAttached(layer, bot)}</span>
            </span>
            {layer.kind === 'profile' && layer.id && profileIds.includes(layer.id) ? (
              <Button look="quiet" whyNot={whyNot} onClick={() => detach(layer)}>
                Take off
              </Button>
            ) : null}
            {layer.kind === 'template' ? <Upgrade bot={bot} layer={layer} onAsk={setAsked} /> : null}
          </li>
        ))}
      </ol>
      <AttachProfile bot={bot} layers={layers} whyNot={whyNot} onAsk={setAsked} />
      {asked ? <ChangeDialog bot={bot} asked={asked} onClose={() => setAsked(undefined)} /> : null}
    </Card>
  );
}

/** Leads to the layer where it can be changed, when bots share it. */
function LayerLink({ layer }: { layer: LayerRef }) {
  const { kind, id } = layer;
  if (id === undefined || (kind !== 'template' && kind !== 'profile' && kind !== 'overlay')) return sayLayer(layer);
  return (
    <Link href={paths.configuration(`${kind}s`, id)} className="text-accent underline underline-offset-2">
      {sayLayer(layer)}
    </Link>
  );
}

function howAttached({ kind, id, version }: LayerRef, { spec, labels }: Bot): string {
  if (kind === 'template') return `version ${version ?? '?'}`;
  if (kind !== 'profile' && kind !== 'overlay') return '';
  const byName = kind === 'profile' && id !== undefined && spec.profileIds.includes(id);
  if (byName) return 'by name';
  return Object.keys(labels).length > 0 && kind === 'profile' ? 'by labels' : '';
}

type AskProps = { bot: Bot; onAsk: (asked: Asked) => void };

function Upgrade({ bot, layer, onAsk }: AskProps & { layer: LayerRef }) {
  const templates = useQuery(q(api.templates.list, {})).data?.items;
  const whyNot = useWhyNot()('update', bot);
  const newest = templates?.find(({ id }) => id === layer.id);
  if (!newest || newest.version === layer.version) return null;
  return (
    <Button
      whyNot={whyNot}
      onClick={() =>
        onAsk({
          title: `Upgrade ${bot.name} to version ${newest.version} of ${newest.name}`,
          verb: 'Upgrade',
          change: { template: { id: newest.id, version: newest.version } },
        })
      }
    >
      Upgrade to version {newest.version}…
    </Button>
  );
}

function AttachProfile({ bot, layers, whyNot, onAsk }: AskProps & { layers: LayerRef[]; whyNot: string | undefined }) {
  const profiles = useQuery(q(api.profiles.list, { limit: 200 })).data?.items ?? [];
  const [chosen, setChosen] = useState('');
  const free = profiles.filter(({ id }) => !layers.some((layer) => layer.kind === 'profile' && layer.id === id));
  const profile = free.find(({ id }) => id === chosen);
  if (free.length === 0) return null;
  return (
    <form
      className="flex flex-wrap items-center gap-2 border-t border-line p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!profile) return;
        onAsk({
          title: `Attach the profile ${profile.name} to ${bot.name}`,
          verb: 'Attach it',
          change: { profileIds: [...bot.spec.profileIds, profile.id] },
        });
      }}
    >
      <Select
        aria-label="Profile to attach"
        className="w-auto! min-w-0 flex-1"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">Choose a profile…</option>
        {free.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Button type="submit" whyNot={whyNot ?? (profile ? undefined : 'Choose a profile first')}>
        Attach…
      </Button>
    </form>
  );
}

function ChangeDialog({ bot, asked, onClose }: { bot: Bot; asked: Asked; onClose: () => void }) {
  const queryClient = useQueryClient();
  return (
    <ReviewDialog
      title={asked.title}
      proposed={{ kind: 'bot', botId: bot.id, change: asked.change }}
      verb={asked.verb}
      save={async (reason) => {
        rememberBot(queryClient, await client.bots.update({ botId: bot.id, ...asked.change, reason }));
        return `${bot.name} was changed${bot.spec.desired === 'running' ? '; it takes it up now' : ''}.`;
      }}
      onDone={onClose}
      onClose={onClose}
    />
  );
}
