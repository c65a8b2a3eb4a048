import { join } from 'node:path';
import type { ControlPlane, TargetRow } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import { builtIn } from '@clawster/target-built-in/built-in';
import { inhabit } from './seed/inhabit.ts';

type ConnectedTarget = Awaited<ReturnType<ControlPlane['connectTarget']>>;
type TargetDefinition = (typeof builtIn)[number];
type Connections = Pick<ControlPlane, 'connectTarget' | 'startsAtOnceMax'>;

/** Connects targets when first needed, and keeps the connections. */
export function targetConnections(dataDirectory: string): Connections {
  const connected = new Map<string, Promise<ConnectedTarget>>();
  const settingsOf = (definition: TargetDefinition, row: TargetRow) =>
    definition.settings.parse({ directory: join(dataDirectory, 'bots'), ...(row.settings as object) });

  return {
    async connectTarget(row) {
      const definition = definitionOf(row);
      const key = `${row.id} ${JSON.stringify(row.settings)}`;
      const known = connected.get(key);
      if (known) return known;
      const connection = definition
        .connect(settingsOf(definition, row))
        .then((one) => (row.kind === 'stand-in' ? inhabit(one) : one));
      connected.set(key, connection);
      // What failed is tried anew the next time.
      connection.catch(() => connected.delete(key));
      return connection;
    },
    startsAtOnceMax(row) {
      const definition = definitionOf(row);
      return definition.startsAtOnceMax(settingsOf(definition, row));
    },
  };
}

function definitionOf({ kind }: TargetRow): TargetDefinition {
  const definition = builtIn.find((candidate) => candidate.kind === kind);
  if (!definition) throw new Refusal('refused', `This version of Clawster has no target of the kind "${kind}"`);
  return definition;
}
