import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { destroySecret } from './secret-use.ts';
import { getSecret } from './secret.queries.ts';

/** Deletes a secret that nothing uses, with all its values. */
export const deleteSecret = command(api.secrets.delete, async ({ tx, record }, { secretId }) => {
  // Locked, so that nothing is given it meanwhile: attaching one locks its row by the foreign key.
  await tx.selectFrom('namedSecret').select('id').where('id', '=', secretId).forUpdate().execute();
  const { name, uses, version } = await getSecret(tx, secretId);
  const [first] = uses;
  if (first)
    throw new Refusal(
      'conflict',
      `${first.name}${uses.length > 1 ? ` and ${uses.length - 1} more` : ''} ${uses.length > 1 ? 'use' : 'uses'} this secret: give ${uses.length > 1 ? 'them' : 'it'} another one first`,
    );
  await destroySecret(tx, secretId);
  await record({ type: 'secret-deleted', subjectId: secretId, subjectName: name, detail: { versions: version } });
  return {};
});
