import type { Finding } from '@clawster/contract/finding';

export type FixFacts = Pick<Finding, 'secretId' | 'secretName' | 'place' | 'packed'>;

/** What to do about a secret that lies where it was found: made worthless first, then taken away. */
export function fixOf({ secretId, secretName, place, packed }: FixFacts): string {
  const replace = secretId ? `Rotate ${secretName}` : `Replace the ${lowered(secretName)}`;
  return `${replace}, then ${removal(place, packed)}`;
}

function removal(place: FixFacts['place'], packed: boolean): string {
  const { part, name, line, row } = place;
  const where = whereOf(place);
  switch (part) {
    case 'column':
      return `overwrite it in ${name}${row ? ` of the row ${row}` : ''}`;
    case 'environment':
      return `start ${name} ${where} without it in its environment`;
    case 'command-line':
      return `start ${name} ${where} without it on its command line`;
    case 'file-name':
      return `rename or delete ${name} ${where}`;
    case 'file':
      if (packed) return `delete ${name} ${where}, or pack it anew without it`;
      return line === undefined ? `delete it from ${name} ${where}` : `delete line ${line} of ${name} ${where}`;
    default:
      return part satisfies never;
  }
}

function whereOf({ kind, botName, host }: FixFacts['place']): string {
  return kind === 'bot' ? `on the host of ${botName ?? 'its bot'}` : `on the server${host ? ` ${host}` : ''}`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
