import type { SecretReference } from '@clawster/contract/secret-source';
import { Refusal } from '@clawster/domain/refusal';
import type { ControlPlane } from '../plane.ts';
import { SecretTrouble } from './source/secret-source.ts';
import type { SourceReading } from './source/secret-sources.ts';

/** More than the clients of the stores allow themselves. */
const timeoutMs = 15_000;

/** What a secret is in its store now; refused with a sentence when it cannot be had. */
export async function readSource(
  { sources }: Pick<ControlPlane, 'sources'>,
  asked: { workspaceId: string; reference: SecretReference },
): Promise<SourceReading> {
  try {
    return await sources.read(asked, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    if (!(error instanceof SecretTrouble)) throw error;
    throw new Refusal('refused', error.message, { issues: [{ path: 'source', message: error.message }], cause: error });
  }
}
