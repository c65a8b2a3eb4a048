import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getConnector as readConnector } from './connector.queries.ts';

export const getConnector = query(api.connectors.get, ({ tx }, { connectorId }) => readConnector(tx, connectorId));
