import { collapseReloadKinds } from '@clawster/domain/config/reload-kind';
import { connectGateway } from '@clawster/gateway/client';
import { dereference } from '@clawster/runtime/dereference';
import { shippedSchemas, writeKeptSchema } from '@clawster/runtime/schema-files';
import { testRuntime } from '@clawster/runtime/testing';
import { recommendedVersion } from '@clawster/runtime/versions';
import { startRealGateway } from './real-gateway.ts';
import { recordReloadKinds } from './reload-lookups.ts';
import { printSchema } from './run-openclaw.ts';

/**
 * `node apps/supervisor/src/testing/record-schema.ts <version>`: keeps what an OpenClaw version says of its own
 * configuration (docs/guides/openclaw-schema.md). It installs the version if need be, and takes about a minute then.
 */
const version = process.argv[2] ?? recommendedVersion;
const runtime = await testRuntime(version);
const schema = await printSchema(runtime);
const gateway = await startRealGateway({ runtime });
try {
  const client = await connectGateway(gateway);
  const { recorded, untold } = await recordReloadKinds(client, dereference(schema));
  client.close();
  const reloadKinds = collapseReloadKinds(recorded);
  await writeKeptSchema(shippedSchemas, version, { schema, reloadKinds });
  process.stdout.write(
    `OpenClaw ${version}: ${recorded.length} paths recorded, told by ${Object.keys(reloadKinds).length} prefixes; ` +
      `${untold.length} it does not tell: ${untold.map((keys) => keys.join('.')).join(', ')}\n`,
  );
} finally {
  await gateway.stop();
}
