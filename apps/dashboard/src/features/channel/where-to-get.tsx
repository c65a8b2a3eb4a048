import type { ChannelKind } from '@clawster/contract/channel-settings';

type Guide = { title: string; steps: string[] };

const guides: Record<ChannelKind, Guide> = {
  telegram: {
    title: 'Where to get the token',
    steps: [
      'Open Telegram and write to @BotFather.',
      'Send /newbot, and choose a name and a user name that ends with “bot”.',
      'Copy the token from its answer. For groups, send /setprivacy and choose Disable if it is to read all messages.',
    ],
  },
  slack: {
    title: 'Where to get the tokens',
    steps: [
      'Open api.slack.com/apps, choose Create New App, From scratch.',
      'Socket Mode: turn it on. It makes the app-level token with the scope connections:write (xapp-…).',
      'OAuth & Permissions, Bot Token Scopes: app_mentions:read, chat:write, channels:history, groups:history, im:history, im:read, im:write, users:read, reactions:write, files:read.',
      'Event Subscriptions: turn them on, and subscribe to app_mention, message.im, message.channels, message.groups.',
      'App Home: allow users to send messages. Then Install App, and copy the bot token (xoxb-…).',
    ],
  },
  discord: {
    title: 'Where to get the token',
    steps: [
      'Open discord.com/developers/applications, choose New Application, then Bot.',
      'Under Privileged Gateway Intents turn on Message Content Intent. Without it the bot reads nothing.',
      'Press Reset Token and copy it.',
      'OAuth2, URL Generator: choose bot, and Send Messages and Read Message History. Open the address and add it to your server.',
    ],
  },
  whatsapp: {
    title: 'How it is linked',
    steps: [
      'WhatsApp needs no token: a phone links each bot by a code.',
      'Add the channel, give it to a bot, and open the bot’s tab Channels.',
      'Press Link by phone there, and scan the code with WhatsApp, Linked devices.',
    ],
  },
};

/** What to do at the service first, step by step. */
export function WhereToGet({ kind }: { kind: ChannelKind }) {
  const { title, steps } = guides[kind];
  return (
    <section aria-label={title} className="rounded-md border border-line bg-ground p-3 text-sm">
      <h3 className="font-medium">{title}</h3>
      <ol className="mt-1.5 list-decimal space-y-1 pl-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
