import { Bot as BotIcon } from 'lucide-react';
import { Empty } from '../../ui/empty.tsx';
import { NewBotLink } from './new-bot-link.tsx';

export function NoBots() {
  return (
    <Empty icon={<BotIcon />} title="No bots yet" action={<NewBotLink>Create your first bot</NewBotLink>}>
      A bot is an OpenClaw gateway that Clawster runs and watches for you. The first one takes about a minute and needs
      no key.
    </Empty>
  );
}
