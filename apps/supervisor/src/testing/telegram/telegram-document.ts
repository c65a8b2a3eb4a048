type Document = Record<string, unknown>;

/** Through the supervisor's relay, as the control plane has it; or past it, to a Bot API server with the secret `telegram`. */
const relayed = { apiRoot: '${clawster:telegramUrl}', tokenId: 'telegram-bot-token' };
const direct = { tokenId: 'telegram' };

/** A bot's document with Telegram; with `apiRoot`, past the relay. */
export function withTelegram(
  document: Document,
  { apiRoot, dmPolicy = 'open' }: { apiRoot?: string; dmPolicy?: 'open' | 'pairing' } = {},
): Document {
  const way = apiRoot === undefined ? relayed : { ...direct, apiRoot };
  return {
    ...document,
    channels: {
      telegram: {
        enabled: true,
        botToken: { source: 'exec', provider: 'clawster', id: way.tokenId },
        apiRoot: way.apiRoot,
        dmPolicy,
        ...(dmPolicy === 'open' ? { allowFrom: ['*'] } : {}),
        groupPolicy: 'disabled',
      },
    },
    plugins: { enabled: true, allow: ['telegram'], slots: { memory: 'none' } },
  };
}
