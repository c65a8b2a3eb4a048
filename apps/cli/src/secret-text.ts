import type { Secret, SecretAccess, SecretVersion } from '@clawster/contract/secret';
import { sourceNames, sourcePlace } from '@clawster/domain/secret/source';
import { ago, countText, type Output, table } from './output.ts';

export function secretTable(secrets: Secret[]): string {
  return table(
    ['name', 'used by', 'kept in', 'bots', 'version', 'age', 'to be replaced', 'last delivered'],
    secrets.map((secret) => [
      secret.name,
      secret.uses.map(({ name }) => name).join(', ') || 'nothing',
      keptText(secret),
      countText(secret.botCount),
      String(secret.version),
      ago(secret.setAt),
      secret.rotationId ? 'is being rotated' : dueText(secret),
      secret.deliveredAt ? `${ago(secret.deliveredAt)} ago` : 'never',
    ]),
    'No secrets yet. Keep one: clawster secret create <name>',
  );
}

export function secretDetails(secret: Secret & { versions: SecretVersion[] }, out: Output): string {
  const { name, note, uses, botCount, rotateDays, expiresAt, rotationId, versions } = secret;
  const isRevoked = versions.every(({ state }) => state === 'revoked');
  return [
    `${out.colour('bold', name)}  version ${secret.version}, set ${ago(secret.setAt)} ago`,
    ...(note ? [`  ${note}`] : []),
    `  used by   ${uses.map((use) => `${use.kind} ${use.name} (${use.field})`).join(', ') || 'nothing'}`,
    ...sourceLines(secret),
    `  bots      ${countText(botCount)}`,
    `  replace   ${dueText(secret)}${rotateDays ? `, every ${rotateDays} days` : ''}`,
    ...(expiresAt ? [`  expires   ${expiresAt}`] : []),
    ...(rotationId ? [`  rotation  goes on; see: clawster rotation show ${rotationId}`] : []),
    ...(isRevoked
      ? [
          `  It was revoked: what uses it works again once it ${secret.source ? 'has another value there' : 'is rotated'}`,
        ]
      : []),
    '',
    table(
      ['version', 'state', 'by', 'age', 'at the service'],
      versions.map(({ version, state, author, createdAt, proof }) => [
        String(version),
        state,
        author,
        ago(createdAt),
        proof?.text ?? 'not asked',
      ]),
      'Its values are gone.',
    ),
  ].join('\n');
}

export function accessTable(accesses: SecretAccess[]): string {
  return table(
    ['bot', 'version', 'times', 'last', 'proof'],
    accesses.map(({ botName, version, count, lastAt, proof }) => [
      botName,
      String(version),
      countText(count),
      `${ago(lastAt)} ago`,
      proof?.text ?? 'not proven yet',
    ]),
    'It went to no bot yet.',
  );
}

function keptText({ source, readTrouble }: Secret): string {
  if (!source) return 'Clawster';
  return `${sourceNames[source.kind]}${readTrouble ? ', trouble' : ''}`;
}

function sourceLines({ source, readAt, readTrouble }: Secret): string[] {
  if (!source) return [];
  return [
    `  kept in   ${sourceNames[source.kind]}: ${sourcePlace(source)}`,
    `  read      ${readAt ? `${ago(readAt)} ago` : 'never'}`,
    ...(readTrouble ? [`  trouble   ${readTrouble}. Bots keep the value they have`] : []),
  ];
}

function dueText({ dueAt }: Secret, nowMs = Date.now()): string {
  if (!dueAt) return 'when you like';
  return Date.parse(dueAt) <= nowMs ? `overdue since ${dueAt.slice(0, 10)}` : `by ${dueAt.slice(0, 10)}`;
}
