import { api } from '@clawster/contract/api';
import type { ConnectorCheck } from '@clawster/contract/connector';
import { whyNotModel } from '@clawster/domain/config/baseline';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { askProvider } from './ask-provider.ts';
import type { Connection } from './connection.ts';

/** Asks a provider and saves nothing; what is wrong is the answer, not a refusal. */
export async function testConnector(plane: ControlPlane, caller: Caller, raw: unknown): Promise<ConnectorCheck> {
  admit(api.connectors.test, caller);
  return askConnection(plane, parseInput(api.connectors.test, raw));
}

/** Asks a provider before its settings are saved; refuses with what it said. */
export async function checkOrRefuse(plane: ControlPlane, connection: Connection): Promise<ConnectorCheck> {
  const answer = await askConnection(plane, connection);
  if (!answer.ok) throw new Refusal('refused', answer.message);
  return answer;
}

/** Asks a provider with these settings; refuses a name that no model has. */
export function askConnection(plane: ControlPlane, connection: Connection): Promise<ConnectorCheck> {
  const message = whyNotModel(connection.model);
  if (message) throw Refusal.at('model', 'invalid', message);
  return askProvider(connection, { allowPrivate: plane.settings.allowPrivateAddresses, now: new Date() });
}
