import { describeTarget } from '@clawster/target/conformance';
import { describeOnEngine, settingsFor } from './testing/engine-under-test.ts';
import { targetUnderTest } from './testing/target-under-test.ts';

describeOnEngine('on a real engine', (engine) => {
  describeTarget('docker', () => targetUnderTest(engine, settingsFor('conformance')));
});
