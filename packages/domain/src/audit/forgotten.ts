import type { ForgottenMark } from '@clawster/contract/audit-retention';
import type { Seal } from './seal.ts';

/** What is signed before events are deleted. The hash is the chain's, so that it names all of them. */
export function forgottenStatement({
  workspaceId,
  number,
  hash,
}: Pick<Seal, 'workspaceId' | 'number' | 'hash'>): string {
  return `clawster-audit-forgotten-1\n${workspaceId}\n${number}\n${hash}\n`;
}

type Key = { id: string; isSigned: (statement: string, signature: string) => boolean };

/** Whether the installation itself made this mark, for this workspace, about these events. */
export function isMarkSigned(mark: ForgottenMark, workspaceId: string, key: Key): boolean {
  const { number, hash, keyId, signature } = mark;
  return keyId === key.id && key.isSigned(forgottenStatement({ workspaceId, number, hash }), signature);
}
