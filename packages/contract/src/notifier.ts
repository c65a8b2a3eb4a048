import { z } from 'zod';
import { InboxKind } from './inbox.ts';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

/** What is told, and where: an incoming webhook of Slack, a person's mail, or any address that takes JSON. */
export const NotifierKind = z.enum(['slack', 'mail', 'webhook']);
export type NotifierKind = z.infer<typeof NotifierKind>;

const name = z.string().trim().min(1, 'Name it, such as On call').max(80);
const url = z
  .url({ protocol: /^https?$/, error: 'Enter an address such as https://hooks.slack.com/services/…' })
  .max(2_000);
const kinds = z.array(InboxKind).min(1, 'Choose what is told');

export const Notifier = z.object({
  id: Id,
  name: z.string(),
  kind: NotifierKind,
  /** In whose name its links decide, and whose mail it is. */
  person: z.object({ id: Id, name: z.string() }),
  /** The host of its address: the rest is a secret. */
  host: z.string().optional(),
  inboxKinds: z.array(InboxKind),
  teamId: Id.optional(),
  enabled: z.boolean(),
  sentAt: Timestamp.optional(),
  /** Why the last try failed; absent when it did not. */
  trouble: z.string().optional(),
  /**
   * What signs each delivery of a webhook, shown once when it is made: `X-Clawster-Signature` is `t=…,v1=…`, the time in
   * seconds and the hexadecimal HMAC-SHA-256 of that time, a dot and the body.
   */
  signingSecret: z.string().optional(),
  createdAt: Timestamp,
});
export type Notifier = z.infer<typeof Notifier>;

export const CreateNotifier = z.object({
  name,
  kind: NotifierKind,
  /** Of Slack and webhooks. */
  url: url.optional(),
  /** Absent: the caller. Another person needs `person:manage`, and is told by mail alone: its links reach nobody else. */
  personId: Id.optional(),
  inboxKinds: kinds.default([...InboxKind.options]),
  /** Only of one team. */
  teamId: Id.optional(),
});
export type CreateNotifier = z.infer<typeof CreateNotifier>;

const One = z.object({ notifierId: Id });
export const notifiers = {
  list: route({
    method: 'GET',
    path: '/notifiers',
    permission: 'inbox:read',
    summary: 'Where it is told that something waits, and how that goes',
    input: Empty,
    output: z.object({ items: z.array(Notifier) }),
  }),
  create: route({
    method: 'POST',
    path: '/notifiers',
    permission: 'notifier:manage',
    summary: 'Tell a person by Slack, mail or a webhook when something waits',
    input: CreateNotifier,
    output: Notifier,
  }),
  update: route({
    method: 'PATCH',
    path: '/notifiers/{notifierId}',
    permission: 'notifier:manage',
    summary: 'Change what is told, or stop and go on telling',
    input: One.extend({
      name: name.optional(),
      url: url.optional(),
      inboxKinds: kinds.optional(),
      enabled: z.boolean().optional(),
    }),
    output: Notifier,
  }),
  test: route({
    method: 'POST',
    path: '/notifiers/{notifierId}/test',
    permission: 'notifier:manage',
    summary: 'Send one message now and show what became of it',
    input: One,
    output: z.object({ ok: z.boolean(), message: z.string() }),
  }),
  delete: route({
    method: 'DELETE',
    path: '/notifiers/{notifierId}',
    permission: 'notifier:manage',
    summary: 'Tell nothing there any more; links that were sent are void',
    input: One,
    output: Empty,
  }),
};
