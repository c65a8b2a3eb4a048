/** Some providers end lines as HTTP does. */
const eventEnd = /(?<=\r?\n\r?\n)/;

/** What goes on to the bot of the chunks of an answer; `end` is what was still held back. */
export type Filter = { pass(chunk: Buffer): Buffer; end(): Buffer };

/**
 * Leaves out of a streamed chat completion the event that says nothing but what it took: it was asked for on our behalf,
 * and a bot that did not ask for it may not expect one without choices.
 */
export function hideUsage(): Filter {
  let rest = '';
  const decoder = new TextDecoder();
  return {
    pass(chunk) {
      const events = (rest + decoder.decode(chunk, { stream: true })).split(eventEnd);
      rest = isWhole(events.at(-1)) ? '' : (events.pop() ?? '');
      return Buffer.from(events.filter((event) => !isUsageAlone(event)).join(''));
    },
    end: () => Buffer.from(isUsageAlone(rest) ? '' : rest),
  };
}

function isUsageAlone(event: string): boolean {
  if (!event.includes('"usage"')) return false;
  try {
    const body = JSON.parse(event.trim().replace(/^data:/, '')) as { choices?: unknown; usage?: unknown };
    return Array.isArray(body.choices) && body.choices.length === 0 && body.usage !== null;
  } catch {
    return false;
  }
}

function isWhole(event = ''): boolean {
  return /\n\r?\n$/.test(event);
}
