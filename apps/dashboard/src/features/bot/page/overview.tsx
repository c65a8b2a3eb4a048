'use client';

import type { Bot, BotSpec } from '@clawster/contract/bot';
import type { ReactNode } from 'react';
import { bytes, count } from '../../../lib/time.ts';
import { Card } from '../../../ui/page.tsx';
import { Time } from '../../../ui/time.tsx';
import { captureText } from '../../capture/capture-words.ts';
import { DriftLine } from '../../drift/drift-line.tsx';
import { LinkOuts } from '../../link-out/link-outs.tsx';
import { StepList } from '../step-list.tsx';
import { BotLabels } from './bot-labels.tsx';
import { disconnectText } from './disconnect-field.tsx';
import { driftWords } from './drift-field.tsx';
import { EditBotForm } from './edit-bot-form.tsx';
import { EvidenceList } from './evidence-list.tsx';

/** What the bot should be, what was seen of it, and the difference. */
export function Overview({ bot }: { bot: Bot }) {
  return (
    <div className="mx-auto grid max-w-6xl gap-5 p-4 sm:p-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="space-y-5">
        <Card title="The way to ready">
          {bot.status.steps.length > 0 ? (
            <StepList steps={bot.status.steps} />
          ) : (
            <p className="text-sm text-muted">{whyNoSteps[bot.spec.desired]}</p>
          )}
        </Card>
        <Card title="Evidence">
          <DriftLine bot={bot} />
          <EvidenceList evidence={bot.status.evidence} />
        </Card>
        <Card title="Facts">
          <Facts bot={bot} />
          <div className="mt-3 empty:hidden">
            <LinkOuts at={{ botId: bot.id }} />
          </div>
        </Card>
      </div>
      <Card title="Identity, model and limits">
        <EditBotForm key={bot.generation} bot={bot} />
      </Card>
    </div>
  );
}

const whyNoSteps: Record<BotSpec['desired'], string> = {
  running: 'The bot has not been started yet.',
  paused: 'The bot is paused. Its steps appear here when it is resumed.',
  stopped: 'The bot is stopped. Its steps appear here when it is started.',
  destroyed: 'The bot was destroyed. Its steps appear here when it is restored.',
};

function Facts({ bot }: { bot: Bot }) {
  const { spec, status } = bot;
  const facts: [string, ReactNode][] = [
    ['Labels', <BotLabels key="labels" bot={bot} />],
    ['Target', bot.targetName],
    ['OpenClaw', spec.runtimeVersion],
    ['Connector', `${bot.connectorName}, ${spec.model}`],
    ['Memory', <Use key="memory" used={status.memoryBytes} max={spec.memoryBytesMax} />],
    ['Disk', <Use key="disk" used={status.diskBytes} max={spec.diskBytesMax} />],
    ...containerFacts(status),
    ['Unreached', disconnectText(spec.disconnect)],
    ['Host changes', driftWords[spec.drift].title],
    ['Conversations', captureText(spec.capture)],
    ['Restarts', count(status.restartCount, 'restart')],
    ['Model check', spec.modelCheck ? 'Ready only after a model turn came back' : 'Off'],
    [
      'Generation',
      status.observedGeneration === bot.generation
        ? `${bot.generation}, applied`
        : `${bot.generation} wanted, ${status.observedGeneration} seen`,
    ],
    ['Last seen', status.lastSeenAt ? <Time at={status.lastSeenAt} /> : 'never'],
    ['Created', <Time key="created" at={bot.createdAt} />],
    [
      'Id',
      <code key="id" className="font-mono text-xs break-all">
        {bot.id}
      </code>,
    ],
  ];
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What its container takes, where it has one: all of the bot together, not its gateway alone. */
function containerFacts({ container }: Bot['status']): [string, ReactNode][] {
  if (!container) return [];
  const { memoryBytes, memoryBytesMax, cpus, cpusMax, processes, processesMax } = container;
  return [
    ['In all', <Use key="container" used={memoryBytes} max={memoryBytesMax} />],
    ['Processor', `${cpus.toFixed(2)} of at most ${count(cpusMax, 'processor')}`],
    ['Processes', `${processes} of at most ${processesMax}`],
  ];
}

const fullShare = 0.9;

/** How much is used of what may be; a word more when little is left. */
function Use({ used, max }: { used: number | undefined; max: number }) {
  if (used === undefined) return <>not measured yet; at most {bytes(max)}</>;
  const isNearlyFull = used >= max * fullShare;
  return (
    <span className={isNearlyFull ? 'text-warn' : undefined}>
      {bytes(used)} of at most {bytes(max)}
      {isNearlyFull ? (used > max ? ': over its limit' : ': nearly full') : ''}
    </span>
  );
}
