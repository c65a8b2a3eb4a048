export type BotTab =
  | 'chat'
  | 'overview'
  | 'health'
  | 'configuration'
  | 'revisions'
  | 'channels'
  | 'activity'
  | 'cost'
  | 'logs'
  | 'backups'
  | 'doctor';
export type ActivityTab = 'turns' | 'conversations' | 'messages' | 'tools';
/** What a list of the activity is narrowed to, as its address says it. */
export type ActivityNarrowed = Partial<
  Record<'bot' | 'channel' | 'tool' | 'outcome' | 'range' | 'from' | 'to' | 'search', string>
>;
export type TeamTab = 'overview' | 'goals' | 'board' | 'delegations' | 'context' | 'rules';
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
  activity: (tab?: ActivityTab, narrowed: ActivityNarrowed = {}) => {
    const asked = new URLSearchParams({ ...(tab && tab !== 'turns' ? { tab } : {}), ...narrowed });
    return asked.size > 0 ? `/activity?${asked}` : '/activity';
  },
  trace: (traceId: string, spanId?: string) =>
    `/activity/traces/${encodeURIComponent(traceId)}${spanId ? `?span=${encodeURIComponent(spanId)}` : ''}`,
  conversation: (botId: string, session: string) =>
    `/activity/conversations/${botId}?session=${encodeURIComponent(session)}`,
  /** All of them, or the one that is open; `new` is the form. */
  budgets: (open?: string) => (open ? `/cost/budgets?open=${open}` : '/cost/budgets'),
  secrets: (open?: string) => (open ? `/secrets?open=${open}` : '/secrets'),
  cost: (tab?: 'conversations' | 'infrastructure') => (tab ? `/cost?tab=${tab}` : '/cost'),
  teams: '/teams',
  newTeam: (from?: 'template' | 'bots') => (from ? `/teams/new?from=${from}` : '/teams/new'),
  /** A team's part, and what is open in it: a goal, a delegation, the key of an entry. */
  team: (teamId: string, tab?: TeamTab, open?: string) =>
    `/teams/${teamId}${tab && tab !== 'overview' ? `?tab=${tab}${open ? `&open=${encodeURIComponent(open)}` : ''}` : ''}`,
  /** What waits, or the one that is open. */
  inbox: (open?: string) => (open ? `/inbox?open=${open}` : '/inbox'),
  runtimes: '/runtimes',
  targets: '/targets',
  audit: '/audit',
  auditOf: (noun: string) => `/audit?noun=${noun}`,
  settings: (section?: string) => (section ? `/settings?section=${section}` : '/settings'),
  secondFactor: '/settings#second-factor',
  reference: '/api/reference',
} as const;
