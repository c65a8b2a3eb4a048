import type { MailServer, SetMailServer } from '@clawster/contract/mail';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler } from './world.ts';

export const someMailServer = (): MailServer => ({
  host: 'smtp.acme.example',
  port: 587,
  security: 'starttls',
  user: 'clawster',
  hasPassword: true,
  fromName: 'Clawster',
  fromAddress: 'clawster@acme.example',
  updatedAt: ago(4_000),
});

export const mailHandlers: Record<string, Handler> = {
  'mail.show': ({ mailServer }) => (mailServer ? { server: mailServer } : {}),
  'mail.set': (world, { password, ...settings }: SetMailServer) => {
    const message = 'smtp.acme.example refused user and password: check both';
    if (password === 'wrong') throw new Refused('invalid', message, [{ path: 'password', message }]);
    world.mailServer = { ...settings, port: Number(settings.port), hasPassword: true, updatedAt: ago(0) };
    return world.mailServer;
  },
  'mail.test': (_, { to }: { to: string }) => ({
    ok: true,
    message: `smtp.acme.example took the mail to ${to}`,
    checkedAt: ago(0),
  }),
  'mail.remove': (world) => {
    delete world.mailServer;
    return {};
  },
};
