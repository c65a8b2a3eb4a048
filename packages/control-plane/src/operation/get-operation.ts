import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { readOperation } from './operation.queries.ts';

export const getOperation = query(api.operations.get, ({ tx }, { operationId }) => readOperation(tx, operationId));
