import { testRuntime } from '@clawster/runtime/testing';
import { describeRepair } from '../testing/describe-repair.ts';

describeRepair('of OpenClaw 2026.9.6', { runtime: testRuntime, waitMs: 1_800_000 });
