import { api } from '@clawster/contract/api';
import type { MailServer, SetMailServer } from '@clawster/contract/mail';
import { changesOf } from '@clawster/domain/audit/changes';
import { whyNotMailSecurity } from '@clawster/domain/mail/why-not-mail-security';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { deleteSecrets } from '../secret/read-secret.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { mailTrouble } from './mail-sentence.ts';
import { findMailAccess, findMailServer, passwordPlace, saveMailServer } from './mail-server.queries.ts';
import { type MailAccess, openMailer } from './open-mailer.ts';
import { tryAgainNow } from './outbox.queries.ts';

/** Sets or replaces the workspace's mail server, which has just let us in; mails that wait are tried at once. */
export async function setMailServer(plane: ControlPlane, asking: Caller, raw: unknown): Promise<MailServer> {
  const { workspaceId } = admit(api.mail.set, asking);
  const input = parseInput(api.mail.set, raw);
  const insecure = whyNotMailSecurity(input.host, input.security);
  if (insecure) throw Refusal.at('security', 'invalid', insecure);
  const before = await readAs(plane, { workspaceId }, (tx) => findMailAccess(tx, plane.keys, workspaceId));
  const password = input.password ?? keptPassword(input, before);
  await verifyOrRefuse(plane, { ...input, password });
  return save(password)(plane, asking, raw);
}

const save = (password: string | undefined) =>
  command(api.mail.set, async ({ tx, caller, record, plane }, input) => {
    const { workspaceId } = caller;
    const { password: given, ...settings } = input;
    const before = await findMailServer(tx, workspaceId);
    await saveMailServer(tx, { workspaceId, settings, setByPermissions: [...caller.permissions] });
    if (password) await storeSecret(tx, plane.keys, { ...passwordPlace(workspaceId), value: password });
    else await deleteSecrets(tx, 'mail-server', workspaceId);
    await tryAgainNow(tx, workspaceId);
    const after = await findMailServer(tx, workspaceId);
    if (!after) throw new Error('The mail server that was saved is gone');
    await record({
      type: 'mail-set',
      subjectName: after.host,
      detail: changesOf(before ? settingsOf(before, false) : {}, settingsOf(after, given !== undefined)),
    });
    return after;
  });

/** What a person sets. Of the password only that it is another is told. */
function settingsOf({ updatedAt: _updatedAt, hasPassword, ...settings }: MailServer, isNew: boolean) {
  return { ...settings, password: hasPassword && (isNew ? 'another' : 'the one there was') };
}

async function verifyOrRefuse(plane: ControlPlane, access: MailAccess): Promise<void> {
  try {
    const mailer = await openMailer(plane, access);
    await mailer.verify().finally(() => mailer.close());
  } catch (cause) {
    throw Refusal.at(
      (cause as { code?: string }).code === 'EAUTH' ? 'password' : 'host',
      'invalid',
      mailTrouble(cause, access.host).sentence,
    );
  }
}

/** Without a user there is nobody to prove. */
function keptPassword(input: SetMailServer, before: MailAccess | undefined): string | undefined {
  if (!input.user) return undefined;
  if (!before?.password) throw Refusal.at('password', 'invalid', 'Enter the password of this user');
  if (before.host !== input.host || before.port !== input.port || before.user !== input.user)
    throw Refusal.at(
      'password',
      'invalid',
      'Enter the password again: the stored one only goes to the host and user it was for',
    );
  return before.password;
}
