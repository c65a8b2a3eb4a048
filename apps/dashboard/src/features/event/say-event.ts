import type { EventRecord } from '@clawster/contract/event';

type Saying = { before: string; after: string };

const sayings: Record<EventRecord['type'], Saying> = {
  'setup-completed': { before: 'Clawster was set up', after: '' },
  'session-opened': { before: '', after: 'signed in' },
  'session-closed': { before: '', after: 'signed out' },
  'session-refused': { before: 'A sign-in was refused:', after: '' },
  'api-key-created': { before: 'API key', after: 'was made' },
  'api-key-revoked': { before: 'API key', after: 'was revoked' },
  'connector-created': { before: 'Connector', after: 'was added' },
  'connector-updated': { before: 'Connector', after: 'was changed' },
  'connector-deleted': { before: 'Connector', after: 'was deleted' },
  'bot-created': { before: '', after: 'was created' },
  'bot-updated': { before: '', after: 'was changed' },
  'bot-started': { before: '', after: 'was started' },
  'bot-stopped': { before: '', after: 'was stopped' },
  'bot-restarted': { before: '', after: 'was restarted' },
  'bot-destroyed': { before: '', after: 'was destroyed' },
  'bot-phase-changed': { before: '', after: 'changed its phase' },
  'bot-moved': { before: '', after: 'was moved to another target' },
  'backup-created': { before: '', after: 'was backed up' },
  'backup-deleted': { before: 'A backup of', after: 'was deleted' },
  'backup-restored': { before: '', after: 'was restored from a backup' },
  'operation-phase-changed': { before: '', after: 'is being worked on' },
  'bot-enrolled': { before: '', after: 'dialled in for the first time' },
  'bot-removed': { before: '', after: 'was removed with its state' },
  'bot-doctor-run': { before: '', after: 'was examined by the doctor' },
  'turn-requested': { before: '', after: 'was spoken to' },
  'turn-aborted': { before: '', after: 'was stopped in its answer' },
  'runtime-requested': { before: '', after: 'was asked for' },
  'runtime-phase-changed': { before: '', after: 'changed its phase' },
  'installation-restored': { before: '', after: 'was restored from a backup' },
};

/** An event as one would say it, in two parts round the name of its subject. */
export function sayEvent(event: EventRecord): Saying {
  // A server newer than this page may send a type it does not know yet.
  const saying = sayings[event.type] ?? { before: '', after: event.type.replaceAll('-', ' ') };
  const { to: phase, reason, kind } = event.detail;
  if (event.type === 'operation-phase-changed' && typeof kind === 'string')
    return { before: `The ${kind} of`, after: `is ${String(phase)}${typeof reason === 'string' ? `: ${reason}` : ''}` };
  if (!event.type.endsWith('-phase-changed') || typeof phase !== 'string') return saying;
  return { ...saying, after: `is ${phase}${typeof reason === 'string' && reason ? `: ${reason}` : ''}` };
}

export function actorName(actor: EventRecord['actor']): string {
  switch (actor.kind) {
    case 'person':
      return actor.name;
    case 'api-key':
      return `key ${actor.name}`;
    case 'bot':
      return 'the bot';
    case 'system':
      return 'Clawster';
  }
}
