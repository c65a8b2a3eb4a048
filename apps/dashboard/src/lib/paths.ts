export type BotTab =
  | 'chat'
  | 'overview'
  | 'health'
  | 'configuration'
  | 'revisions'
  | 'channels'
  | 'logs'
  | 'backups'
  | 'doctor';
export type LayerTab = 'templates' | 'profiles' | 'overlays' | 'skills';

/** Every link of the dashboard. */
export const paths = {
  home: '/',
  setup: '/setup',
  signIn: (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  forgotten: '/sign-in/forgot',
  bots: '/bots',
  botsInPhase: (phase: string) => `/bots?phase=${phase}`,
  /** All chosen, so that one click starts or resumes them. */
  botsToStart: '/bots?phase=stopped&choose=all',
  botsToResume: '/bots?phase=paused&choose=all',
  newBot: '/bots/new',
  newBotFrom: (templateId: string) => `/bots/new?template=${templateId}`,
  bot: (botId: string, tab?: BotTab) => (tab ? `/bots/${botId}?tab=${tab}` : `/bots/${botId}`),
  greetedBot: (botId: string) => `/bots/${botId}?tab=chat&greet=1`,
  /** All bots, or those of one cause or verdict. */
  health: (only: { cause?: string; verdict?: string } = {}) => {
    const asked = new URLSearchParams(only).toString();
    return asked ? `/health?${asked}` : '/health';
  },
  configuration: (tab?: LayerTab, id?: string) =>
    tab ? `/configuration?tab=${tab}${id ? `&open=${encodeURIComponent(id)}` : ''}` : '/configuration',
  connectors: '/connectors',
  /** All of them, or the one that is open; `new` is the form. */
  channels: (open?: string) => (open ? `/connectors/channels?open=${open}` : '/connectors/channels'),
  secrets: (open?: string) => (open ? `/secrets?open=${open}` : '/secrets'),
  runtimes: '/runtimes',
  targets: '/targets',
  audit: '/audit',
  auditOf: (noun: string) => `/audit?noun=${noun}`,
  settings: (section?: string) => (section ? `/settings?section=${section}` : '/settings'),
  secondFactor: '/settings#second-factor',
  reference: '/api/reference',
} as const;
