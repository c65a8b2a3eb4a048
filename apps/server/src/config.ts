import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { KeySettings } from '@clawster/control-plane/secret/open-keys';
import type { SourceSettings } from '@clawster/control-plane/secret/source/secret-sources';
import { z } from 'zod';
import { DatabaseEnvironment, databaseUrl, whyNotDatabase } from './database-config.ts';
import { KeyEnvironment, keySettings, whyNotKeys } from './key-config.ts';
import { SourceEnvironment, sourceAddresses, whyNotSources } from './source-config.ts';

const roles = ['http', 'link', 'loops'] as const;
const flag = (name: string) =>
  z.enum(['true', 'false', '1', '0'], `${name} is true or false`).transform((text) => text === 'true' || text === '1');

const port = (name: string) =>
  z.coerce.number(`${name} is a port such as 4500`).int().min(0).max(65_535, `${name} is at most 65535`);

const days = (name: string) =>
  z.coerce
    .number(`${name} is a number of days`)
    .int(`${name} is a number of whole days`)
    .min(1, `${name} is at least 1`)
    .max(3_650, `${name} is at most 3650`);

const trustedProxies =
  'CLAWSTER_TRUSTED_PROXIES is a list of addresses or networks, such as 10.0.0.0/8,127.0.0.1: those of your load balancers';

function isNetwork(text: string): boolean {
  const [address, bits] = text.split('/');
  const family = isIP(address ?? '');
  if (family === 0 || text.split('/').length > 2) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128));
}

const Environment = z.object({
  ...DatabaseEnvironment.shape,
  ...KeyEnvironment.shape,
  ...SourceEnvironment.shape,
  CLAWSTER_DATA_DIR: z.string().optional(),
  CLAWSTER_RUNTIMES_DIR: z.string().optional(),
  CLAWSTER_CHECKPOINTS_DIR: z.string().optional(),
  CLAWSTER_LINK_VOLUME: z
    .string()
    .regex(/^[a-zA-Z0-9][\w.-]+$/, 'CLAWSTER_LINK_VOLUME is the name of a volume, such as clawster-link')
    .optional(),
  CLAWSTER_HOST: z.string().default('127.0.0.1'),
  CLAWSTER_PORT: port('CLAWSTER_PORT').default(4500),
  CLAWSTER_DASHBOARD_URL: z
    .url({
      protocol: /^https?$/,
      error: 'CLAWSTER_DASHBOARD_URL is where the dashboard listens, such as http://127.0.0.1:4501',
    })
    .optional(),
  CLAWSTER_PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'CLAWSTER_PUBLIC_URL is what people open, such as https://clawster.example.com',
    })
    .optional(),
  CLAWSTER_INTERNAL_URL: z
    .url({
      protocol: /^https?$/,
      error: 'CLAWSTER_INTERNAL_URL is where other replicas reach this one, such as http://10.0.0.7:4500',
    })
    .optional(),
  CLAWSTER_METRICS_PORT: port('CLAWSTER_METRICS_PORT').optional(),
  CLAWSTER_DRAIN_SECONDS: z.coerce
    .number('CLAWSTER_DRAIN_SECONDS is a number of seconds')
    .min(0)
    .max(300, 'CLAWSTER_DRAIN_SECONDS is at most 300')
    .default(0),
  CLAWSTER_SPAN_DAYS: days('CLAWSTER_SPAN_DAYS').default(90),
  CLAWSTER_USAGE_HOUR_DAYS: days('CLAWSTER_USAGE_HOUR_DAYS').default(400),
  CLAWSTER_ROLES: z
    .string()
    .default(roles.join(','))
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles, `CLAWSTER_ROLES is a list of ${roles.join(', ')}`)).min(1)),
  CLAWSTER_ALLOW_PRIVATE_ADDRESSES: flag('CLAWSTER_ALLOW_PRIVATE_ADDRESSES').optional(),
  CLAWSTER_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((all) => all.every(isNetwork), trustedProxies)
    .default([]),
  CLAWSTER_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'CLAWSTER_LOG_LEVEL is debug, info, warn, error or silent')
    .default('info'),
});

export type Config = {
  dataDirectory: string;
  /** Where installed OpenClaw versions lie; may be shared by several installations. */
  runtimesDirectory: string;
  /** Where checkpoints of audit trails are kept as files: best on a disk of another. */
  checkpointsDirectory: string;
  /** Where this server is a container itself: the volume of its engine in which it takes in links of other containers. */
  linkVolume: string | undefined;
  /** Where the keys of the secrets are. */
  keys: KeySettings;
  /** Where secrets are read from outside of Clawster. */
  sources: SourceSettings;
  host: string;
  port: number;
  /** Absent: the built-in PostgreSQL. */
  databaseUrl: string | undefined;
  dashboardUrl: string | undefined;
  publicUrl: string | undefined;
  /** Where other replicas reach this one; absent: where it listens. */
  internalUrl: string | undefined;
  /** Where metrics are to be had, on loopback alone; absent: nowhere. */
  metricsPort: number | undefined;
  /** How long a replica that stops is not ready before it stops listening: until the load balancer has noticed. */
  drainSeconds: number;
  /** For how many days what bots did is kept, and its sums by the hour; those by the day are kept. */
  keepDays: { spans: number; usageHours: number };
  roles: ReadonlySet<(typeof roles)[number]>;
  allowPrivateAddresses: boolean;
  /** From whom `X-Forwarded-*` is believed, as addresses or networks; anyone else could name any address as theirs. */
  trustedProxies: string[];
  logLevel: string;
};

/** A setting that cannot be used, in a sentence that says what it should be. */
export class ConfigTrouble extends Error {}

/** All settings of the server, read once; throws a ConfigTrouble with one sentence for each that is wrong. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw new ConfigTrouble(parsed.error.issues.map(({ message }) => message).join('\n'));
  const settings = parsed.data;
  const keys = keySettings(settings);
  const sources = { addresses: sourceAddresses(settings), vault: keys.vault };
  const reason = whyNotDatabase(settings) ?? whyNotKeys(settings) ?? whyNotSources(sources);
  if (reason) throw new ConfigTrouble(reason);
  const local = isLoopback(settings.CLAWSTER_HOST) && !settings.CLAWSTER_PUBLIC_URL;
  const dataDirectory = resolve(settings.CLAWSTER_DATA_DIR ?? join(homedir(), '.clawster'));
  return {
    dataDirectory,
    runtimesDirectory: resolve(settings.CLAWSTER_RUNTIMES_DIR ?? join(dataDirectory, 'runtimes')),
    checkpointsDirectory: resolve(settings.CLAWSTER_CHECKPOINTS_DIR ?? join(dataDirectory, 'checkpoints')),
    linkVolume: settings.CLAWSTER_LINK_VOLUME,
    keys,
    sources,
    host: settings.CLAWSTER_HOST,
    port: settings.CLAWSTER_PORT,
    databaseUrl: databaseUrl(settings),
    dashboardUrl: settings.CLAWSTER_DASHBOARD_URL,
    publicUrl: settings.CLAWSTER_PUBLIC_URL?.replace(/\/+$/, ''),
    internalUrl: settings.CLAWSTER_INTERNAL_URL,
    metricsPort: settings.CLAWSTER_METRICS_PORT,
    drainSeconds: settings.CLAWSTER_DRAIN_SECONDS,
    keepDays: { spans: settings.CLAWSTER_SPAN_DAYS, usageHours: settings.CLAWSTER_USAGE_HOUR_DAYS },
    roles: new Set(settings.CLAWSTER_ROLES),
    // On one's own machine a local model server is ordinary; on a shared one it is a way inside.
    allowPrivateAddresses: settings.CLAWSTER_ALLOW_PRIVATE_ADDRESSES ?? local,
    trustedProxies: settings.CLAWSTER_TRUSTED_PROXIES,
    logLevel: settings.CLAWSTER_LOG_LEVEL,
  };
}

/** Where the key-encryption key of an installation lies, if it is kept in a file. */
export const keyFile = ({ dataDirectory, keys }: Pick<Config, 'dataDirectory' | 'keys'>): string =>
  (keys.current.kind === 'file' ? keys.current.file : undefined) ?? join(dataDirectory, 'kek');

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
