import { Bot as BotIcon, Plus } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Empty } from '../../ui/page.tsx';

export function NoBots() {
  return (
    <Empty
      icon={<BotIcon />}
      title="No bots yet"
      action={
        <ButtonLink look="primary" href={paths.newBot} icon={<Plus />}>
          Create your first bot
        </ButtonLink>
      }
    >
      A bot is an OpenClaw gateway that Clawster runs and watches for you. The first one takes about a minute and needs
      no key.
    </Empty>
  );
}
