import type { BotFolder } from './bot-folder.ts';

/** What a supervisor may inherit: enough to find programs and the way out, none of the server's own settings. */
const inherited = [
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** A supervisor's environment; the bot's folder is its home. */
export function environment({ directory }: BotFolder): NodeJS.ProcessEnv {
  const known = inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...(Object.fromEntries(known) as NodeJS.ProcessEnv), HOME: directory };
}
