import { join } from 'node:path';
import type { ControlPlane, TargetRow } from '@clawster/control-plane/plane';
import { Refusal } from '@clawster/domain/refusal';
import { builtIn } from '@clawster/target-built-in/built-in';
import { inhabit } from './seed/inhabit.ts';

type ConnectedTarget = Awaited<ReturnType<ControlPlane['connectTarget']>>;
type TargetDefinition = (typeof builtIn)[number];
type Connections = Pick<ControlPlane, 'connectTarget' | 'startsAtOnceMax'>;

/** What of this server its targets are told. */
export type Surroundings = {
  dataDirectory: string;
  installation: string;
  /** Where links are taken in beside the port: a folder, or a volume's name; absent where none are. */
  linkDirectory: string | undefined;
  /** The egress proxy's bundled file. */
  egressFile: string;
  /** The private key that a target's engine is reached with. */
  keyOf(targetId: string): Promise<string | undefined>;
};

/** Connects targets when first needed, and keeps the connections. */
export function targetConnections(surroundings: Surroundings): Connections {
  const { dataDirectory, installation, linkDirectory, egressFile } = surroundings;
  const connected = new Map<string, Promise<ConnectedTarget>>();
  const own = { directory: join(dataDirectory, 'bots'), installation, linkDirectory, egressFile };
  const settingsOf = (definition: TargetDefinition, row: TargetRow, key = '') =>
    definition.settings.parse({ ...own, ...withKey(row.settings as StoredSettings, key) });

  return {
    async connectTarget(row, unsavedKey) {
      const definition = definitionOf(row);
      if (unsavedKey !== undefined) return definition.connect(settingsOf(definition, row, unsavedKey));
      const name = `${row.id} ${JSON.stringify(row.settings)}`;
      const known = connected.get(name);
      if (known) return known;
      const connect = async () => {
        const key = needsKey(row.settings as StoredSettings) ? await surroundings.keyOf(row.id) : undefined;
        const one = await definition.connect(settingsOf(definition, row, key));
        return row.kind === 'stand-in' ? inhabit(one) : one;
      };
      const connection = connect();
      connected.set(name, connection);
      // What failed is tried anew the next time.
      connection.catch(() => connected.delete(name));
      return connection;
    },
    startsAtOnceMax(row) {
      const definition = definitionOf(row);
      // A key that is not at hand changes nothing about that.
      return definition.startsAtOnceMax(settingsOf(definition, row, 'none'));
    },
  };
}

type StoredSettings = { connection?: { via: string } };

const needsKey = ({ connection }: StoredSettings) => connection !== undefined && connection.via !== 'socket';

function withKey(settings: StoredSettings, key: string): StoredSettings {
  return needsKey(settings)
    ? { ...settings, connection: { ...settings.connection, key } as { via: string } }
    : settings;
}

function definitionOf({ kind }: TargetRow): TargetDefinition {
  const definition = builtIn.find((candidate) => candidate.kind === kind);
  if (!definition) throw new Refusal('refused', `This version of Clawster has no target of the kind "${kind}"`);
  return definition;
}
