import { type Notice, noticeLetter, signatureOf, slackMessage } from '@clawster/domain/inbox/notice';
import { checkedAgent } from '@clawster/outward/checked-agent';
import { troubleSentence } from '@clawster/outward/trouble-sentence';
import { request } from 'undici';
import { mailTrouble } from '../mail/mail-sentence.ts';
import { type MailAccess, openMailer } from '../mail/open-mailer.ts';
import type { ControlPlane } from '../plane.ts';

const timeoutMs = 10_000;
const responseBytesMax = 64 * 1024;

/** Where a notice goes, with its secrets in the clear: for sending alone. */
export type Channel =
  | { kind: 'slack'; url: string }
  | { kind: 'webhook'; url: string; signing: string }
  | { kind: 'mail'; to: string; access: MailAccess };
/** Why it was not taken, in a sentence free of secrets; final: trying again is of no use. */
export type Undelivered = { trouble: string; isFinal: boolean };
/** What is sent: to people as a message, to programs with what it is about. `id`: the same comes twice at most. */
export type Parcel = { id: string; notice: Notice; about: Record<string, unknown> };

/** Sends a notice once; resolves with why it was not taken, or with undefined when it was. */
export async function deliver(plane: ControlPlane, channel: Channel, parcel: Parcel): Promise<Undelivered | undefined> {
  if (channel.kind === 'mail') return mail(plane, channel, parcel);
  const { notice, about } = parcel;
  const told = { ...about, link: notice.link, title: notice.title, content: notice.parts, person: notice.personName };
  const body = JSON.stringify(channel.kind === 'slack' ? slackMessage(notice) : { id: parcel.id, ...told });
  const signature: Record<string, string> =
    channel.kind === 'webhook' ? { 'x-clawster-signature': signatureOf(channel.signing, body, new Date()) } : {};
  return post(plane, channel.url, { body, headers: signature });
}

async function post(
  { settings }: Pick<ControlPlane, 'settings'>,
  url: string,
  { body, headers }: { body: string; headers: Record<string, string> },
): Promise<Undelivered | undefined> {
  const dispatcher = checkedAgent({ allowPrivate: settings.allowPrivateAddresses, responseBytesMax, timeoutMs });
  const { host } = new URL(url);
  try {
    const { statusCode, body: answer } = await request(url, {
      dispatcher,
      method: 'POST',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', 'user-agent': 'clawster', ...headers },
      body,
    });
    // What it answers may hold the address back at us, which is a secret: it is told nowhere.
    await answer.dump();
    return statusCode >= 200 && statusCode < 300 ? undefined : refused(host, statusCode);
  } catch (error) {
    const asked = { host, entered: 'address', timeoutSeconds: timeoutMs / 1_000, own: {} };
    return { trouble: troubleSentence(error, asked).replaceAll(url, host), isFinal: false };
  } finally {
    await dispatcher.destroy();
  }
}

/** Addresses that were taken back, or never were. */
const finalStatus: ReadonlySet<number> = new Set([401, 403, 404, 410]);

function refused(host: string, status: number): Undelivered {
  if (finalStatus.has(status))
    return {
      trouble: `${host} knows no such address, or takes nothing there any more (HTTP ${status}): enter another`,
      isFinal: true,
    };
  return { trouble: `${host} answered ${status}`, isFinal: false };
}

async function mail(
  plane: ControlPlane,
  { to, access }: Channel & { kind: 'mail' },
  { id, notice }: Parcel,
): Promise<Undelivered | undefined> {
  try {
    const mailer = await openMailer(plane, access);
    await mailer.send({ ...noticeLetter(notice), to, id }).finally(() => mailer.close());
    return undefined;
  } catch (error) {
    const { sentence, isFinal } = mailTrouble(error, access.host);
    return { trouble: sentence, isFinal };
  }
}
