'use client';

import { api } from '@clawster/contract/api';
import type { ListedBot } from '@clawster/contract/bot';
import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Keyboard, MessagesSquare, Moon, OctagonX, Sun, Wrench } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { Phase } from '../bot/phase.tsx';
import { actionIcons } from '../bot/action-icons.tsx';
import { actionWords, useBotAction } from '../bot/use-bot-action.ts';
import { useWhyNot } from '../bot/use-why-not.ts';
import { openHalt } from '../fleet/open-halt.ts';
import { useIdentity, whyForbidden, whyNowhere } from '../session/use-identity.ts';
import { rooms } from '../shell/rooms.ts';
import { beginnings } from './beginnings.ts';
import { Group, Item } from './palette-item.tsx';
import { TeamItems } from './team-items.tsx';

type PaletteProps = { onClose: () => void; onKeys: () => void };

/** Opens everything: bots, pages, actions. */
export function Palette({ onClose, onKeys }: PaletteProps) {
  const [search, setSearch] = useState('');
  const bots =
    useQuery({
      ...q(api.bots.list, { ...(search.trim() ? { search: search.trim() } : {}), limit: 8 }),
      placeholderData: keepPreviousData,
    }).data?.items ?? [];
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup
          aria-label="Find or do"
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised shadow-raised"
        >
          <Command label="Find or do" loop>
            <Command.Input
              autoFocus
              value={search}
              onValueChange={setSearch}
              placeholder="Bot, page or action"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-sm text-muted">Nothing of that name.</Command.Empty>
              {search ? <BotItems bots={bots} onClose={onClose} /> : null}
              {search ? <TeamItems search={search} onClose={onClose} /> : null}
              <PageItems onClose={onClose} />
              <ActionItems onClose={onClose} onKeys={onKeys} />
              {/* They arrive later than the rest, and must not push it away. */}
              {search ? null : <BotItems bots={bots} onClose={onClose} />}
              {search ? <BotActionItems bots={bots.slice(0, 3)} onClose={onClose} /> : null}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function BotItems({ bots, onClose }: { bots: ListedBot[]; onClose: () => void }) {
  const router = useRouter();
  if (bots.length === 0) return null;
  return (
    <Group heading="Bots">
      {bots.map((bot) => (
        <Item
          key={bot.id}
          value={`bot ${bot.name}`}
          onSelect={() => {
            router.push(paths.bot(bot.id));
            onClose();
          }}
        >
          <span className="flex-1 truncate">{bot.name}</span>
          <Phase phase={bot.status.phase} />
        </Item>
      ))}
    </Group>
  );
}

/** Parts of a room that people look for by name. */
const activityPages = [
  { name: 'Conversations', path: paths.activity('conversations'), icon: MessagesSquare },
  { name: 'Messages: how quickly bots answer', path: paths.activity('messages'), icon: MessagesSquare },
  { name: 'Tools: what bots use', path: paths.activity('tools'), icon: Wrench },
  { name: 'Turns that failed', path: paths.activity('turns', { outcome: 'not-ok' }), icon: OctagonX },
];

function PageItems({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  return (
    <Group heading="Pages">
      {[...rooms, ...activityPages].map(({ name, path, icon: Icon }) => (
        <Item
          key={path}
          value={`page ${name}`}
          onSelect={() => {
            router.push(path);
            onClose();
          }}
        >
          <Icon />
          {name}
        </Item>
      ))}
    </Group>
  );
}

function ActionItems({ onClose, onKeys }: PaletteProps) {
  const router = useRouter();
  const { setTheme, resolvedTheme } = useTheme();
  const other = resolvedTheme === 'dark' ? 'light' : 'dark';
  const identity = useIdentity();
  const mayHalt = !whyNowhere(identity, 'bot:operate');
  return (
    <Group heading="Actions">
      {beginnings
        .filter(({ permission, whyNot = whyForbidden }) => !whyNot(identity, permission))
        .map(({ name, value, path, icon: Icon }) => (
          <Item
            key={path}
            value={value}
            onSelect={() => {
              router.push(path);
              onClose();
            }}
          >
            <Icon />
            {name}
          </Item>
        ))}
      {mayHalt ? (
        <Item
          value="emergency stop halt pause all bots"
          onSelect={() => {
            onClose();
            openHalt();
          }}
        >
          <OctagonX className="text-bad!" />
          <span className="text-bad">Emergency stop…</span>
        </Item>
      ) : null}
      <Item
        value={`theme ${other}`}
        onSelect={() => {
          setTheme(other);
          onClose();
        }}
      >
        {other === 'dark' ? <Moon /> : <Sun />}Use the {other} theme
      </Item>
      <Item value="keyboard keys help" onSelect={onKeys}>
        <Keyboard />
        Show the keys
      </Item>
    </Group>
  );
}

function BotActionItems({ bots, onClose }: { bots: ListedBot[]; onClose: () => void }) {
  const act = useBotAction();
  const whyNot = useWhyNot();
  const possible = bots.flatMap((bot) =>
    (['start', 'resume', 'pause', 'stop', 'restart', 'redeploy'] as const)
      .filter((action) => !whyNot(action, bot))
      .map((action) => ({ bot, action })),
  );
  if (possible.length === 0) return null;
  return (
    <Group heading="With these bots">
      {possible.map(({ bot, action }) => (
        <Item
          key={bot.id + action}
          value={`${action} ${bot.name}`}
          onSelect={() => {
            act.mutate({ action, bot });
            onClose();
          }}
        >
          {actionIcons[action]}
          {actionWords[action].verb} {bot.name}
        </Item>
      ))}
    </Group>
  );
}
