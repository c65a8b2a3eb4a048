import { api } from '@clawster/contract/api';
import type { ChannelCheck } from '@clawster/contract/channel';
import type { Caller } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { checkWanted } from './connection-of.ts';

/** Asks a messaging service and saves nothing; what is wrong with its answer is the answer, not a refusal. */
export async function testChannel(plane: ControlPlane, caller: Caller, raw: unknown): Promise<ChannelCheck> {
  return checkWanted(plane, admit(api.channels.test, caller), parseInput(api.channels.test, raw));
}
