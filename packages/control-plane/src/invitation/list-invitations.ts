import { api } from '@clawster/contract/api';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { pageOfInvitations } from './invitation.queries.ts';

export const listInvitations = query(api.invitations.list, ({ tx, caller }, input) =>
  paged(input, (page) => pageOfInvitations(tx, caller.workspaceId, page)),
);
