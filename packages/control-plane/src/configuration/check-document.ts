import type { ConfigIssue } from '@clawster/contract/openclaw-schema';
import { whyInvalid } from '@clawster/domain/config/why-invalid';
import { schemaOf } from '@clawster/runtime/schema-of';

/**
 * What is wrong with a document for the OpenClaw version a bot is pinned to, in sentences that say what to do; none
 * when it is valid. Throws for a version that Clawster does not know.
 */
export function checkDocument(document: unknown, version: string): ConfigIssue[] {
  return whyInvalid(document, schemaOf(version));
}
