import { describeChannels } from '@clawster/gateway/conformance-channels';
import { realStartTimeoutMs, startRealGateway } from '../testing/real-gateway.ts';
import { withTelegram } from '../testing/telegram/telegram-document.ts';
import { startTelegramServer } from '../testing/telegram/telegram-server.ts';

async function start() {
  const telegram = await startTelegramServer();
  const gateway = await startRealGateway({
    adapt: (document) => withTelegram(document, { apiRoot: telegram.apiRoot, dmPolicy: 'pairing' }),
    secrets: { telegram: telegram.bot.issueToken() },
  });
  return {
    ...gateway,
    give: (value: 'good' | 'refused') =>
      gateway.give({ telegram: value === 'good' ? telegram.bot.issueToken() : '7000001:no-such-token' }),
    async stop() {
      await gateway.stop();
      await telegram.close();
    },
  };
}

describeChannels('of OpenClaw 2026.9.6', start, { startTimeoutMs: realStartTimeoutMs });
