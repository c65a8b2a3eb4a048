import type { ChannelKind } from '@clawster/contract/channel-settings';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { Gamepad2, Hash, MessageCircle, Send } from 'lucide-react';

const icons = { telegram: Send, slack: Hash, discord: Gamepad2, whatsapp: MessageCircle };

/** The messaging service, by icon and word. */
export function ChannelKindWord({ kind }: { kind: ChannelKind }) {
  const Icon = icons[kind];
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-muted">
      <Icon aria-hidden className="size-4 shrink-0" />
      {channelFacts[kind].name}
    </span>
  );
}
