import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { toldPolicy } from './capture.queries.ts';

/** How much of conversations the caller's workspace keeps. */
export const getCapturePolicy = query(api.capture.get, ({ tx, caller }) => toldPolicy(tx, caller.workspaceId));
