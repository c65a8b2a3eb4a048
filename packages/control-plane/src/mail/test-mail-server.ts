import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { MailCheck } from '@clawster/contract/mail';
import type { Caller } from '../caller.ts';
import { change } from '../change.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { mailTrouble } from './mail-sentence.ts';
import { findMailAccess } from './mail-server.queries.ts';
import { openMailer } from './open-mailer.ts';
import { noMailServer } from './remove-mail-server.ts';

const letter = {
  subject: 'A test mail of Clawster',
  text: 'This is a test mail. Clawster can send mail from here.\n',
  html: '<p>This is a test mail. Clawster can send mail from here.</p>',
};

/** Sends a test mail; what is wrong is the answer, not a refusal. That one was sent is recorded. */
export async function testMailServer(plane: ControlPlane, asking: Caller, raw: unknown): Promise<MailCheck> {
  const caller = admit(api.mail.test, asking);
  const { to } = parseInput(api.mail.test, raw);
  const { workspaceId } = caller;
  const access = await readAs(plane, { workspaceId }, (tx) => findMailAccess(tx, plane.keys, workspaceId));
  if (!access) throw noMailServer();
  let trouble: string | undefined;
  try {
    const mailer = await openMailer(plane, access);
    await mailer.send({ ...letter, to, id: randomUUID() }).finally(() => mailer.close());
  } catch (error) {
    trouble = mailTrouble(error, access.host).sentence;
  }
  await change(plane, { workspaceId, caller }, ({ record }) =>
    record({
      type: 'mail-tested',
      subjectName: to,
      detail: { host: access.host, ...(trouble ? { reason: trouble } : {}) },
    }),
  );
  const message =
    trouble ?? `${access.host} took the mail to ${to}: look whether it came, also among what is taken for spam`;
  return { ok: !trouble, message, checkedAt: new Date().toISOString() };
}
