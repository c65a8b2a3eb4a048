import type { Finding } from '@clawster/contract/finding';

const parts: Record<Finding['place']['part'], string> = {
  file: 'in',
  'file-name': 'in the name of',
  environment: 'in the environment of',
  'command-line': 'on the command line of',
  column: 'in',
};
const forms: Record<Finding['form'], string> = {
  raw: 'as it is',
  hex: 'in hexadecimal',
  base64: 'in base64',
  base64url: 'in base64url',
  'url-encoded': 'encoded for a URL',
  'json-escaped': 'escaped for JSON',
};

/** Where a secret lies: `In logs/gateway.log, line 12, on Ada`. */
export function sayPlace({ kind, part, name, line, row, botName, host }: Finding['place']): string {
  const at = `${parts[part]} ${name}${line === undefined ? '' : `, line ${line}`}${row ? `, row ${row}` : ''}`;
  const where = { bot: `on ${botName ?? 'a bot'}`, server: `on the server ${host ?? ''}`, database: 'in the database' };
  return `${at.charAt(0).toUpperCase()}${at.slice(1)}, ${where[kind].trim()}`;
}

/** How it is written there, and how often. */
export function sayForm({
  form,
  packed,
  version,
  times,
}: Pick<Finding, 'form' | 'packed' | 'version' | 'times'>): string {
  const often = times === 1 ? '' : `, ${times.toLocaleString('en')} times`;
  return `Version ${version}, ${forms[form]}${packed ? ', packed by gzip' : ''}${often}`;
}
