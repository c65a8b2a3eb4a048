import type { BotChannel, Channel, ChannelAttachment, ChannelPairing } from '@clawster/contract/channel';
import type { ChannelSettings } from '@clawster/contract/channel-settings';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { sayLabels } from './label-text.ts';
import { ago, countText, type Output, table } from './output.ts';

export function channelTable(channels: Channel[]): string {
  return table(
    ['name', 'kind', 'account', 'bots', 'last check'],
    channels.map(({ name, kind, check, botCount }) => [
      name,
      channelFacts[kind].name,
      check?.account ?? '-',
      countText(botCount),
      check?.message ?? 'not checked',
    ]),
    'No channels yet. Add one: clawster channel create <name> --kind telegram',
  );
}

export function channelDetails(channel: Channel, out: Output): string {
  const { name, kind, check, settings, secrets, attachments } = channel;
  return [
    `${out.colour('bold', name)}  ${channelFacts[kind].name}${check?.account ? `, ${check.account}` : ''}`,
    `  check     ${check ? `${check.message} (${ago(check.checkedAt)} ago)` : 'not checked'}`,
    ...settingLines(settings),
    ...secrets.map((secret) => `  ${secret.field.padEnd(9)} ${secret.name}, version ${secret.version}`),
    '',
    table(
      ['attached to', 'does otherwise'],
      attachments.map((attachment) => [whomText(attachment), overridesText(attachment.settings)]),
      `No bot has it. Attach it: clawster channel attach ${JSON.stringify(name)} --bot <bot>`,
    ),
  ].join('\n');
}

export function botChannelTable(channels: BotChannel[], out: Output): string {
  return table(
    ['name', 'kind', 'state', 'last in', 'last out', 'what was seen'],
    channels.map(({ name, kind, status }) => [
      name,
      channelFacts[kind].name,
      stateText(status, out),
      ago(status.lastInboundAt),
      ago(status.lastOutboundAt),
      status.detail,
    ]),
    'It has no channels. See those there are: clawster channel list',
  );
}

export function pairingTable(pairings: ChannelPairing[]): string {
  return table(
    ['id', 'who', 'channel', 'asked'],
    pairings.map(({ requestId, senderId, senderName, kind, requestedAt }) => [
      requestId,
      senderName ? `${senderName} (${senderId})` : senderId,
      channelFacts[kind].name,
      `${ago(requestedAt)} ago`,
    ]),
    'Nobody waits to be let in.',
  );
}

/** Whom an attachment is of. */
export function whomText({ botName, selector }: ChannelAttachment): string {
  return botName ?? (selector ? sayLabels(selector) : '-');
}

function settingLines({ dmPolicy, allowFrom, groupPolicy, groups, requireMention, apiRoot }: ChannelSettings) {
  return [
    `  alone     ${dmPolicy}${allowFrom.length > 0 ? `: ${allowFrom.join(', ')}` : ''}`,
    `  groups    ${groupPolicy}${groups.length > 0 ? `: ${groups.join(', ')}` : ''}${requireMention && groupPolicy !== 'disabled' ? ', only when spoken to' : ''}`,
    ...(apiRoot ? [`  server    ${apiRoot}`] : []),
  ];
}

function overridesText(settings: ChannelAttachment['settings']): string {
  return (
    Object.entries(settings)
      .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('+') : String(value)}`)
      .join(', ') || 'nothing'
  );
}

function stateText({ state }: BotChannel['status'], out: Output): string {
  if (state === 'connected') return out.colour('green', state);
  if (state === 'disconnected' || state === 'blocked' || state === 'missing-plugin') return out.colour('red', state);
  return state === 'stopped' ? out.colour('dim', state) : out.colour('yellow', state);
}
