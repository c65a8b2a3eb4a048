import { isReached } from '../access/is-reached.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Place } from '../transaction.ts';
import type { StreamFrame } from './stream-frame.ts';

/** Bots looked at are remembered up to so many. A change of labels ends the stream, so what is remembered stays true. */
const rememberedMax = 10_000;

/** Of a stream the events about bots that the caller reaches; what is no event (resync) is passed on. */
export async function* onlyReached(
  plane: ControlPlane,
  place: Place,
  frames: AsyncIterable<StreamFrame>,
): AsyncGenerator<StreamFrame> {
  const remembered = new Map<string, boolean>();
  for await (const frame of frames) {
    const { id, subjectId } = frame;
    if (id === undefined) yield frame;
    else if (subjectId !== undefined && (remembered.get(subjectId) ?? (await look(subjectId)))) yield frame;
  }

  async function look(botId: string): Promise<boolean> {
    const reached = await readAs(plane, place, (tx) =>
      tx.selectFrom('bot').select('id').where('id', '=', botId).where(isReached(place.reach)).executeTakeFirst(),
    );
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(botId, reached !== undefined);
    return reached !== undefined;
  }
}
