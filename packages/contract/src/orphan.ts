import { z } from 'zod';
import { Bot, BotName } from './bot.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** Names another installation, as its objects on an engine do. */
export const InstallationId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Write the id as the list of orphans shows it');

/** A bot that lies on a target and that nobody knows: its row was lost, or never was one of this Clawster. */
export const Orphan = z.object({
  id: Id,
  targetId: Id,
  /** As its target has it. */
  botId: z.string(),
  /** What it was called last; its id where nothing says. */
  name: z.string(),
  /** Whether its process runs. */
  runs: z.boolean(),
  /** Since when it lies there, where the target knows. */
  since: Timestamp.optional(),
  foundAt: Timestamp,
  /** Which other Clawster put it there; absent where it was this one. */
  installation: z.string().optional(),
  /** It was told to be destroyed; `trouble` says what stands in the way. */
  isDoomed: z.boolean(),
  trouble: z.string().optional(),
});
export type Orphan = z.infer<typeof Orphan>;

/** Which one; of another Clawster it has to be said, by its id, that this is meant. */
const OrphanInput = z.object({ orphanId: Id, installation: InstallationId.optional() });

export const AdoptOrphan = OrphanInput.extend({
  /** When its own is taken, or is none. */
  name: BotName.optional(),
  /** Absent: the demo model. */
  connectorId: Id.optional(),
  start: z.boolean().default(false),
});
export type AdoptOrphan = z.infer<typeof AdoptOrphan>;

export const orphans = {
  list: route({
    method: 'GET',
    path: '/targets/{targetId}/orphans',
    permission: 'target:read',
    summary: 'Bots that lie on a target and that nobody knows; those of another Clawster are shown to owners alone',
    input: PageInput.extend({ targetId: Id }),
    output: pageOf(Orphan),
  }),
  adopt: route({
    method: 'POST',
    path: '/orphans/{orphanId}/adopt',
    permission: 'target:manage',
    summary:
      'Make a bot of what lies there, with its conversations; one of another Clawster is copied, by owners alone',
    input: AdoptOrphan,
    output: Bot,
  }),
  destroy: route({
    method: 'DELETE',
    path: '/orphans/{orphanId}',
    permission: 'target:manage',
    summary: 'End an orphan and delete its state, at once and for good; one of another Clawster by owners alone',
    input: OrphanInput,
    output: Orphan,
  }),
};
