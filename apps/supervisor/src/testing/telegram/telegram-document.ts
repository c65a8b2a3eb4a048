type Document = Record<string, unknown>;

/** A bot's document with Telegram, whose Bot API is on loopback; the token is the secret `telegram`. */
export function withTelegram(
  document: Document,
  { apiRoot, dmPolicy = 'open' }: { apiRoot: string; dmPolicy?: 'open' | 'pairing' },
): Document {
  return {
    ...document,
    channels: {
      telegram: {
        enabled: true,
        botToken: { source: 'exec', provider: 'clawster', id: 'telegram' },
        apiRoot,
        dmPolicy,
        ...(dmPolicy === 'open' ? { allowFrom: ['*'] } : {}),
        groupPolicy: 'disabled',
      },
    },
    plugins: { enabled: true, allow: ['telegram'], slots: { memory: 'none' } },
  };
}
