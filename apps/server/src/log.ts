import pino, { type Logger } from 'pino';

/** JSON lines on stderr. Credentials are taken out by name, should a request or an error ever carry them here. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [
          'authorization',
          'cookie',
          'password',
          'token',
          'apiKey',
          'setupToken',
          '*.authorization',
          '*.cookie',
          '*.password',
          '*.token',
          '*.apiKey',
          'err.config',
          'err.parameters',
        ],
        censor: '[removed]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
