import type { ChangeContext } from '../change.ts';

export type Tell = {
  workspaceId: string;
  botId: string;
  /** The conversation it is told in. */
  session: string;
  /** What it tells of, such as `item:<id>`: once for each bot. */
  id: string;
  message: string;
  delegationId?: string;
};

/** Has a bot told something by a turn in one of its conversations, as soon as it can be; what waits for the same conversation by then is one turn. */
export async function tellBot({ tx }: Pick<ChangeContext, 'tx'>, tell: Tell): Promise<void> {
  await tx
    .insertInto('botTell')
    .values(tell)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
