'use client';

import { api } from '@clawster/contract/api';
import type { ListedBot } from '@clawster/contract/bot';
import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Keyboard, KeyRound, MessagesSquare, Moon, OctagonX, Plus, Sun, Wrench } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { Phase } from '../bot/phase.tsx';
import { actionIcons } from '../bot/action-icons.tsx';
import { actionWords, useBotAction } from '../bot/use-bot-action.ts';
import { useWhyNot } from '../bot/use-why-not.ts';
import { openHalt } from '../fleet/open-halt.ts';
import { useIdentity, whyForbidden, whyNowhere } from '../session/use-identity.ts';
import { rooms } from '../shell/rooms.ts';

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
  const mayCreate = !whyNowhere(identity, 'bot:create');
  const mayConnect = !whyForbidden(identity, 'connector:manage');
  const mayKeep = !whyForbidden(identity, 'secret:manage');
  const mayHalt = !whyNowhere(identity, 'bot:operate');
  return (
    <Group heading="Actions">
      {mayCreate ? (
        <Item
          value="create new bot"
          onSelect={() => {
            router.push(paths.newBot);
            onClose();
          }}
        >
          <Plus />
          Create a bot
        </Item>
      ) : null}
      {mayConnect ? (
        <Item
          value="add a channel telegram slack discord whatsapp"
          onSelect={() => {
            router.push(paths.channels('new'));
            onClose();
          }}
        >
          <MessagesSquare />
          Add a channel
        </Item>
      ) : null}
      {mayKeep ? (
        <Item
          value="keep a secret token key"
          onSelect={() => {
            router.push(paths.secrets('new'));
            onClose();
          }}
        >
          <KeyRound />
          Keep a secret
        </Item>
      ) : null}
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

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-base data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-muted"
    >
      {children}
    </Command.Item>
  );
}
