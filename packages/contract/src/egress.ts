import { z } from 'zod';
import { Timestamp } from './page.ts';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/**
 * A name as DNS has it, in its one spelling. The last label begins with a letter, as all do that the internet has: so no way
 * to write an address, such as 127.1 or 0x7f.1, is a name.
 */
export const hostNamePattern = `(?:${label}\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?`;

const pattern = new RegExp(`^(?=.{1,260}$)(?:\\*\\.)?(?:${label}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?:[1-9]\\d{0,4}$`);
const isPort = (host: string) => Number(host.slice(host.lastIndexOf(':') + 1)) <= 65_535;
/** Two labels at least: all of a top-level domain is nobody's to trust. */
const isBroad = (host: string) => host.startsWith('*.') && host.split('.').length < 3;

/** A host that a bot may reach, with its port: `api.example.com:443`, or `*.example.com:443` for all names below one. */
export const EgressHost = z
  .string()
  .regex(
    pattern,
    'Write a host with its port, such as api.example.com:443 or *.example.com:443: in lower case, a name and not an address, other letters as xn--',
  )
  .refine(isPort, 'A port is a number up to 65535')
  .refine((host) => !isBroad(host), 'Name two labels at least after *. such as *.example.com:443');
export type EgressHost = z.infer<typeof EgressHost>;

/** A place that a bot wanted to reach and may not. */
export const RefusedPlace = z.object({
  /** `host:port`, as it was asked for. */
  place: z.string(),
  reason: z.enum(['not-allowed', 'not-a-name', 'address-inside', 'wrong-network', 'malformed', 'too-many']),
  count: z.int(),
  firstAt: Timestamp,
  lastAt: Timestamp,
});
export type RefusedPlace = z.infer<typeof RefusedPlace>;

/** Where a bot may connect to, and what it was refused in the last week. */
export const BotEgress = z
  .object({
    /** When its target was last told to keep it to this; absent: its target confines no bot. */
    keptAt: Timestamp.optional(),
    /** At public addresses; with `*.` all names below one. */
    allowed: z.array(z.string()),
    /** Also on a private network. */
    inside: z.array(z.string()),
    /** The last first, one for each hour. */
    refused: z.array(RefusedPlace),
  })
  .meta({ id: 'BotEgress' });
export type BotEgress = z.infer<typeof BotEgress>;
