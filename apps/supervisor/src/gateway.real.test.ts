import { describeGateway } from '@clawster/gateway/conformance';
import { realStartTimeoutMs, startRealGateway } from './testing/real-gateway.ts';

describeGateway('of OpenClaw 2026.9.6', startRealGateway, {
  startTimeoutMs: realStartTimeoutMs,
  turnTimeoutMs: 180_000,
});
