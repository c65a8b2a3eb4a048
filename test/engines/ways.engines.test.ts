import { afterAll, beforeAll, describe } from 'vitest';
import { describeTarget } from '../../packages/target/src/conformance.ts';
import { Settings } from '../../targets/docker/src/settings.ts';
import { egressFile } from '../../targets/docker/src/testing/engine-under-test.ts';
import { targetUnderTest } from '../../targets/docker/src/testing/target-under-test.ts';
import { type EngineElsewhere, startEngineElsewhere } from '../docker/engine-elsewhere.ts';
import { type SshServer, sshd } from '../docker/ssh-server.ts';
import { type Ways, waysTo } from '../docker/ways-to.ts';

// All that a target promises, on an engine of another machine, as far as it can tell.

const started = await startEngineElsewhere({ programs: [sshd] });
const missing = 'why' in started ? `, which cannot be here: ${started.why}` : '';

let elsewhere: EngineElsewhere;
let ssh: SshServer;
let ways: Ways;

describe.skipIf('why' in started)(`an engine elsewhere${missing}`, () => {
  beforeAll(async () => {
    elsewhere = started as EngineElsewhere;
    ({ ways, ssh } = await waysTo(elsewhere));
  });
  afterAll(async () => {
    await ssh?.stop();
    await elsewhere?.stop();
  });

  for (const via of ['tls', 'ssh'] as const) describeTarget(`docker by ${via}`, () => underTest(via));
});

function underTest(via: keyof Ways) {
  const { engine, baseImage } = elsewhere;
  const controlPlaneUrl = 'http://clawster.test:4500';
  const installation = `conformance-by-${via}`;
  return targetUnderTest(
    engine,
    Settings.parse({ connection: ways[via], installation, egressFile, baseImage, controlPlaneUrl }),
  );
}
