import type { EventRecord } from '@clawster/contract/event';
import { count } from '../../lib/time.ts';

type Saying = { before: string; after: string };

const sayings: Record<EventRecord['type'], Saying> = {
  'setup-completed': { before: 'Clawster was set up', after: '' },
  'workspace-created': { before: 'The workspace', after: 'was made' },
  'workspace-renamed': { before: 'The workspace', after: 'was renamed' },
  'workspace-second-factor-changed': { before: 'It was changed of whom a second factor is required', after: '' },
  'session-opened': { before: '', after: 'signed in' },
  'session-closed': { before: '', after: 'signed out' },
  'session-refused': { before: 'A sign-in was refused:', after: '' },
  'request-refused': { before: 'A request was refused:', after: '' },
  'invitation-created': { before: '', after: 'was invited' },
  'invitation-revoked': { before: 'The invitation of', after: 'was revoked' },
  'invitation-accepted': { before: '', after: 'accepted an invitation' },
  'invitation-mailed': { before: 'The invitation of', after: 'was mailed' },
  'invitation-mail-failed': { before: 'The invitation of', after: 'could not be mailed' },
  'mail-set': { before: 'The mail server', after: 'was set up' },
  'mail-tested': { before: 'A test mail went to', after: '' },
  'mail-removed': { before: 'The mail server', after: 'was removed' },
  'person-joined': { before: '', after: 'joined' },
  'person-identity-linked': { before: '', after: 'signs in by single sign-on from now on' },
  'person-updated': { before: '', after: 'changed their account' },
  'person-password-changed': { before: '', after: 'changed their passphrase' },
  'person-reset-mailed': { before: 'A link to choose a new passphrase was mailed to', after: '' },
  'person-reset-mail-failed': { before: 'No link to choose a new passphrase was mailed to', after: '' },
  'person-reset-link-made': { before: 'A link to choose a new passphrase was made for', after: '' },
  'person-totp-added': { before: '', after: 'signs in with an authenticator app from now on' },
  'person-totp-removed': { before: '', after: 'signs in without an authenticator app from now on' },
  'person-passkey-added': { before: '', after: 'added a passkey' },
  'person-passkey-renamed': { before: '', after: 'renamed a passkey' },
  'person-passkey-removed': { before: '', after: 'removed a passkey' },
  'person-passkey-used': { before: '', after: 'signed in with a passkey' },
  'person-passkey-refused': { before: 'A passkey was refused:', after: '' },
  'person-recovery-codes-made': { before: '', after: 'made fresh recovery codes' },
  'person-recovery-code-used': { before: '', after: 'signed in with a recovery code' },
  'person-role-changed': { before: '', after: 'has another role' },
  'role-created': { before: 'The role', after: 'was made' },
  'role-updated': { before: 'The role', after: 'was changed' },
  'role-deleted': { before: 'The role', after: 'was deleted' },
  'role-binding-created': { before: '', after: 'was given a role for some bots' },
  'role-binding-deleted': { before: '', after: 'has lost a role for some bots' },
  'person-disabled': { before: '', after: 'was disabled' },
  'person-enabled': { before: '', after: 'was enabled' },
  'person-removed': { before: '', after: 'was removed from the workspace' },
  'sso-set': { before: 'Single sign-on by', after: 'was set up' },
  'sso-removed': { before: 'Single sign-on by', after: 'was removed' },
  'directory-connected': { before: 'The directory', after: 'was connected' },
  'directory-rotated': { before: 'The directory', after: 'has another token' },
  'directory-removed': { before: 'The directory', after: 'was removed' },
  'directory-group-created': { before: 'The group', after: 'was made' },
  'directory-group-updated': { before: 'The group', after: 'was changed' },
  'directory-group-deleted': { before: 'The group', after: 'was deleted' },
  'api-key-created': { before: 'API key', after: 'was made' },
  'api-key-rotated': { before: 'API key', after: 'was rotated' },
  'api-key-revoked': { before: 'API key', after: 'was revoked' },
  'service-account-created': { before: 'Service account', after: 'was made' },
  'service-account-updated': { before: 'Service account', after: 'was changed' },
  'service-account-disabled': { before: 'Service account', after: 'was disabled' },
  'service-account-enabled': { before: 'Service account', after: 'was enabled' },
  'service-account-deleted': { before: 'Service account', after: 'was deleted' },
  'audit-view-created': { before: 'The audit view', after: 'was saved' },
  'audit-view-updated': { before: 'The audit view', after: 'was changed' },
  'audit-view-deleted': { before: 'The audit view', after: 'was deleted' },
  'audit-retention-changed': { before: 'How long events are kept was changed', after: '' },
  'capture-policy-changed': { before: 'What is kept of conversations was changed', after: '' },
  'audit-events-forgotten': { before: 'Events were deleted after their time', after: '' },
  'exporter-created': { before: 'What bots do is sent to', after: 'from now on' },
  'exporter-updated': { before: 'The exporter', after: 'was changed' },
  'exporter-tested': { before: 'A test trace was sent to', after: '' },
  'exporter-stopped': { before: 'Sending to', after: 'stopped, for it failed too often' },
  'exporter-resumed': { before: 'Sending to', after: 'was started again' },
  'exporter-deleted': { before: 'What bots do is sent to', after: 'no more' },
  'link-out-created': { before: 'A link to', after: 'was added' },
  'link-out-updated': { before: 'The link to', after: 'was changed' },
  'link-out-deleted': { before: 'The link to', after: 'was deleted' },
  'audit-sink-created': { before: 'Checkpoints are sent to', after: 'from now on' },
  'audit-sink-tried': { before: 'A checkpoint was sent to', after: '' },
  'audit-sink-deleted': { before: 'Checkpoints are sent to', after: 'no more' },
  'key-rewrap-begun': { before: 'Data keys are being wrapped under the current key', after: '' },
  'key-rewrap-ended': { before: 'All data keys are wrapped under the current key', after: '' },
  'key-reencryption-begun': { before: 'The secrets are being encrypted under a new data key', after: '' },
  'key-reencryption-ended': { before: 'The secrets are encrypted under a new data key', after: '' },
  'key-deleted': { before: 'A retired data key that nothing was under any more was deleted', after: '' },
  'secret-created': { before: 'The secret', after: 'was kept' },
  'secret-updated': { before: 'The secret', after: 'was changed' },
  'secret-rotated': { before: 'The secret', after: 'was given a new value' },
  'secret-revoked': { before: 'The secret', after: 'was revoked' },
  'secret-due': { before: 'The secret', after: 'is to be replaced' },
  'secret-source-read': { before: 'The secret', after: 'was read from its store' },
  'secret-deleted': { before: 'The secret', after: 'was deleted' },
  'secret-delivered': { before: '', after: 'was given its secrets' },
  'rotation-started': { before: 'The rotation of', after: 'began' },
  'rotation-advanced': { before: 'The rotation of', after: 'gave the next bots the new value' },
  'rotation-halted': { before: 'The rotation of', after: 'was halted' },
  'rotation-resumed': { before: 'The rotation of', after: 'goes on' },
  'rotation-undone': { before: 'The rotation of', after: 'was undone' },
  'rotation-ended': { before: 'The rotation of', after: 'is done' },
  'scan-started': { before: 'A scan for secrets began', after: '' },
  'scan-ended': { before: 'A scan for secrets ended', after: '' },
  'scan-schedule-changed': { before: 'It was changed how often secrets are scanned for', after: '' },
  'finding-opened': { before: '', after: 'was found in plain sight' },
  'finding-fixed': { before: '', after: 'is no longer where it was found' },
  'finding-dismissed': { before: 'A finding of', after: 'was dismissed' },
  'template-created': { before: 'The template', after: 'was made' },
  'template-updated': { before: 'The template', after: 'was changed' },
  'template-deleted': { before: 'The template', after: 'was deleted' },
  'profile-created': { before: 'The profile', after: 'was made' },
  'profile-updated': { before: 'The profile', after: 'was changed' },
  'profile-deleted': { before: 'The profile', after: 'was deleted' },
  'overlay-created': { before: 'The overlay', after: 'was laid' },
  'overlay-updated': { before: 'The overlay', after: 'was changed' },
  'overlay-deleted': { before: 'The overlay', after: 'was taken away' },
  'overlay-expired': { before: 'The overlay', after: 'expired' },
  'budget-created': { before: 'The budget', after: 'was made' },
  'budget-updated': { before: 'The budget', after: 'was changed' },
  'budget-deleted': { before: 'The budget', after: 'was deleted' },
  'budget-warned': { before: 'The budget', after: 'nears its limit' },
  'budget-spent': { before: 'The budget', after: 'is spent' },
  'budget-lifted': { before: 'The budget', after: 'was lifted' },
  'budget-lift-ended': { before: 'The lift of the budget', after: 'was ended' },
  'budget-resumed': { before: 'The budget', after: 'has something left again' },
  'skill-added': { before: 'The skill', after: 'was added' },
  'skill-approved': { before: 'The skill', after: 'was approved' },
  'skill-deleted': { before: 'The skill', after: 'was deleted' },
  'manifest-applied': { before: 'The workspace was made as files say', after: '' },
  'connector-created': { before: 'Connector', after: 'was added' },
  'connector-updated': { before: 'Connector', after: 'was changed' },
  'connector-checked': { before: 'Connector', after: 'was asked whether it still answers' },
  'connector-attached': { before: 'Connector', after: 'was given to bots' },
  'connector-deleted': { before: 'Connector', after: 'was deleted' },
  'channel-created': { before: 'Channel', after: 'was added' },
  'channel-updated': { before: 'Channel', after: 'was changed' },
  'channel-checked': { before: 'Channel', after: 'was checked' },
  'channel-attached': { before: 'Channel', after: 'was given to bots' },
  'channel-detached': { before: 'Channel', after: 'was taken from bots' },
  'channel-linked': { before: 'Channel', after: 'is being linked by phone' },
  'channel-unlinked': { before: 'Channel', after: 'was unlinked' },
  'channel-pairing-decided': { before: 'Who may write to', after: 'was decided' },
  'channel-deleted': { before: 'Channel', after: 'was deleted' },
  'target-created': { before: 'Target', after: 'was added' },
  'target-price-changed': { before: 'Target', after: 'has another price' },
  'target-cost-imported': { before: 'What targets cost was taken over from a bill', after: '' },
  'cost-spiked': { before: '', after: 'cost far more than is usual for it' },
  'bot-created': { before: '', after: 'was created' },
  'bot-updated': { before: '', after: 'was changed' },
  'bot-reconfigured': { before: '', after: 'takes over a change of its layers' },
  'bot-rolled-back': { before: '', after: 'was rolled back' },
  'revision-labelled': { before: 'A revision of', after: 'was named' },
  'revision-judged': { before: 'A revision of', after: 'was found bad' },
  'bot-labels-changed': { before: '', after: 'was labelled' },
  'bot-started': { before: '', after: 'was started' },
  'bot-stopped': { before: '', after: 'was stopped' },
  'bot-paused': { before: '', after: 'was paused' },
  'bot-resumed': { before: '', after: 'was resumed' },
  'bot-restarted': { before: '', after: 'was restarted' },
  'bot-redeployed': { before: '', after: 'was redeployed' },
  'bot-cloned': { before: '', after: 'was cloned' },
  'bot-destroyed': { before: '', after: 'was destroyed' },
  'bot-restored': { before: '', after: 'was restored' },
  'fleet-halted': { before: 'Emergency stop', after: '' },
  'bot-phase-changed': { before: '', after: 'changed its phase' },
  'bot-drifted': { before: '', after: 'was changed on its host' },
  'bot-drift-reverted': { before: 'What was changed on the host of', after: 'is put back' },
  'bot-drift-adopted': { before: '', after: 'takes over what was changed on its host' },
  'bot-moved': { before: '', after: 'was moved to another target' },
  'backup-created': { before: '', after: 'was backed up' },
  'backup-deleted': { before: 'A backup of', after: 'was deleted' },
  'backup-restored': { before: '', after: 'was restored from a backup' },
  'operation-phase-changed': { before: '', after: 'is being worked on' },
  'bot-enrolled': { before: '', after: 'dialled in for the first time' },
  'bot-removed': { before: '', after: 'was removed with its state' },
  'bot-doctor-run': { before: '', after: 'was examined by the doctor' },
  'bot-repaired': { before: '', after: 'was repaired' },
  'incident-opened': { before: '', after: 'is not well: an incident was opened' },
  'incident-closed': { before: 'The incident of', after: 'is over' },
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
  const ofDirectory = event.detail['by'] === 'directory' ? byDirectory[event.type] : undefined;
  return { ...saying, ...(ofDirectory ? { after: ofDirectory } : sayMore(event, saying)) };
}

/** What comes before the name that the details have as `from`. */
const fromWords: Partial<Record<EventRecord['type'], string>> = {
  'bot-cloned': 'was cloned from',
  'workspace-renamed': 'was renamed; before, it was',
};

/** Of what a directory did: nobody signed in, and it is not theirs. */
const byDirectory: Partial<Record<EventRecord['type'], string>> = {
  'person-joined': 'was brought in by the directory',
  'person-identity-linked': 'is taken over by the directory',
  'person-updated': 'was changed by the directory',
};

/** What only the details can say. */
function sayMore({ type, detail }: EventRecord, saying: Saying): Partial<Saying> {
  const { to: phase, reason, from, mode, bots, kind } = detail;
  if (type === 'operation-phase-changed' && typeof kind === 'string')
    return { before: `The ${kind} of`, after: sayPhase(String(phase), reason) };
  if (type.endsWith('-phase-changed') && typeof phase === 'string') return { after: sayPhase(phase, reason) };
  if (type === 'person-role-changed') return { after: `is ${String(phase)} now, and was ${String(from)}` };
  const wordsBeforeFrom = fromWords[type];
  if (wordsBeforeFrom && typeof from === 'string') return { after: `${wordsBeforeFrom} ${from}` };
  if (type === 'fleet-halted' && typeof bots === 'number')
    return { before: `Emergency stop: ${count(bots, 'bot')} ${bots === 1 ? 'was' : 'were'} ${haltWord(mode)}` };
  return { after: `${saying.after}${whatElse(detail)}` };
}

function whatElse({ emergency, reverted }: EventRecord['detail']): string {
  if (emergency === true) return ' by the emergency stop';
  return reverted === true ? ', and put back' : '';
}

function haltWord(mode: unknown): string {
  return mode === 'pause' ? 'paused' : 'stopped';
}

/** A reason that begins with the phase says it by itself: "is paused; its gateway does not run". */
function sayPhase(phase: string, reason: unknown): string {
  if (typeof reason !== 'string' || reason === '') return `is ${phase}`;
  return reason.toLowerCase().startsWith(phase) ? `is ${phase}${reason.slice(phase.length)}` : `is ${phase}: ${reason}`;
}

export function actorName(actor: EventRecord['actor']): string {
  switch (actor.kind) {
    case 'person':
      return actor.name;
    case 'api-key':
      return `key ${actor.name}`;
    case 'service-account':
    case 'directory':
      return actor.name;
    case 'bot':
      return 'the bot';
    case 'system':
      return 'Clawster';
  }
}
