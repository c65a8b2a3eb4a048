/** Where things lie inside a bot's container; the Dockerfile says the same. */
export const place = {
  /** The bot's volume. */
  bot: '/bot',
  node: '/usr/local/bin/node',
  supervisor: '/opt/clawster/supervisor.mjs',
  relay: '/opt/clawster/relay.mjs',
  egress: '/opt/clawster/egress.mjs',
  openclaw: '/opt/clawster/openclaw',
  /** The volume with the plugins of the bot's OpenClaw version. */
  plugins: '/opt/clawster/plugins',
  compileCache: '/bot/home/.cache/node-compile',
  /** Where the relay finds the control plane's socket. */
  link: '/link',
  /** In a Swarm: where a bot's supervisor is told what to run. */
  start: '/run/secrets/start',
  /** Where the egress proxy finds which bot may connect to what. */
  lists: '/lists',
} as const;

/** Who a bot is, in its container and in its volume. */
export const user = { uid: 1000, gid: 1000 } as const;
