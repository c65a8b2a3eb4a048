import type { Document, Json } from '@clawster/contract/document';
import type { BotDrift, DriftedValue } from '@clawster/contract/drift';
import type { Settings } from '@clawster/contract/settings';
import { parseKeyPath } from '@clawster/contract/key-path';
import { isObject } from './merge.ts';

const documentFile = 'openclaw.json';

/**
 * A bot's own settings with what was changed of its document on its host, or why they cannot say it. Whether a layer may
 * set what they then say is looked at as with every change of them.
 */
export function adoptDrift(settings: Settings, { files }: BotDrift): { settings: Settings } | { why: string } {
  const other = files.find(({ file }) => file !== documentFile);
  if (other)
    return {
      why: `${other.file} is written from the bot's personality and settings: change those, or have it put back`,
    };
  if (files.some(({ more = 0 }) => more > 0))
    return { why: 'More was changed than is listed: change the bot itself, or have it put back' };
  let openclaw: Document = settings.openclaw ?? {};
  for (const change of files.flatMap(({ changes }) => changes)) {
    const keys = parseKeyPath(change.path ?? '') ?? [];
    const why = whyNotAdopt(change, keys);
    if (why) return { why };
    openclaw = withValue(openclaw, keys, change.after ?? null);
  }
  return { settings: { ...settings, openclaw } };
}

function whyNotAdopt({ path, hidden }: DriftedValue, keys: readonly string[]): string | undefined {
  if (path === undefined || keys.length === 0)
    return 'The document was replaced by a text that is no JSON: have it put back';
  if (hidden === 'secret')
    return `${path} looks like a secret, which is never written down: attach it by a connector, and have this put back`;
  if (hidden) return `${path} is too long to be told by the host: set it in the bot's own settings`;
}

/** What is gone is taken away by null, as in every layer. */
function withValue(document: Document, [key = '', ...rest]: readonly string[], value: Json): Document {
  const inner = Object.hasOwn(document, key) ? document[key] : undefined;
  return { ...document, [key]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value) };
}
