import type { ConfigIssue } from '@clawster/contract/openclaw-schema';
import { showKeyPath } from '@clawster/contract/key-path';
import { nearestOf } from './nearest.ts';
import type { placeholder } from './baseline.ts';

/** What a host fills in, as an example of its type: a port is a number, all else is a text. */
const examples: Record<keyof typeof placeholder, string | number> = {
  port: 18_789,
  modelUrl: 'http://127.0.0.1:18790/v1',
  telegramUrl: 'http://127.0.0.1:18791',
  teamUrl: 'http://127.0.0.1:18792/mcp',
  bridge: '/clawster/bridge',
  workspace: '/clawster/workspace',
  logFile: '/clawster/openclaw.log',
  resolver: '/clawster/resolver',
};

const pattern = /\$\{clawster:([^}]*)\}/g;

/**
 * The document as a host would fill it in, so that it can be judged as OpenClaw will read it, and the placeholders that
 * no host knows. What holds none is not copied. Expects what `whyNotDocument` let pass.
 */
export function withHostExamples(document: unknown): { filled: unknown; issues: ConfigIssue[] } {
  const filling: Filling = { keys: [], issues: [] };
  return { filled: fill(document, filling), issues: filling.issues };
}

/** Where the filling in is, and what it came upon. */
type Filling = { keys: string[]; issues: ConfigIssue[] };

function fill(value: unknown, filling: Filling): unknown {
  if (typeof value === 'string') return value.includes('${clawster:') ? fillText(value, filling) : value;
  if (typeof value !== 'object' || value === null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    filling.keys.push(key);
    const filled = fill(inner, filling);
    filling.keys.pop();
    if (filled !== inner) copy = Object.assign(copy ?? copyOf(value), { [key]: filled });
  }
  return copy ?? value;
}

function copyOf(value: object): Record<string, unknown> {
  return (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
}

function fillText(text: string, { keys, issues }: Filling): string | number {
  const whole = /^\$\{clawster:(\w+)\}$/.exec(text)?.[1];
  if (whole && isKnown(whole)) return examples[whole];
  return text.replaceAll(pattern, (all, name: string) => {
    if (isKnown(name)) return String(examples[name]);
    issues.push(unknownPlaceholder(name, keys));
    return all;
  });
}

function isKnown(name: string): name is keyof typeof placeholder {
  return Object.hasOwn(examples, name);
}

function unknownPlaceholder(name: string, keys: readonly string[]): ConfigIssue {
  const known = Object.keys(examples);
  const nearest = nearestOf(name, known);
  const advice = nearest ? `Did you mean \${clawster:${nearest}}?` : `It knows ${known.join(', ')}.`;
  const message = `A bot's host fills in no such placeholder. ${advice}`;
  return { path: showKeyPath(keys), message, code: 'placeholder', ...(nearest ? { nearest } : {}) };
}
