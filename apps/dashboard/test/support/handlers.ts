import { auditHandlers } from './audit-handlers.ts';
import { auditSinkHandlers } from './audit-sink-handlers.ts';
import { auditViewHandlers } from './audit-view-handlers.ts';
import { budgetHandlers } from './budget-handlers.ts';
import { botHandlers } from './bot-handlers.ts';
import { captureHandlers } from './capture-handlers.ts';
import { channelHandlers } from './channel-handlers.ts';
import { costHandlers } from './cost-handlers.ts';
import { directoryHandlers } from './directory-handlers.ts';
import { doctorHandlers } from './doctor-handlers.ts';
import { doorHandlers } from './door-handlers.ts';
import { driftHandlers } from './drift-handlers.ts';
import { egressHandlers } from './egress-handlers.ts';
import { healthHandlers } from './health-handlers.ts';
import { exporterHandlers } from './exporter-handlers.ts';
import { keyHandlers } from './key-handlers.ts';
import { layerHandlers } from './layer-handlers.ts';
import { lifeHandlers } from './life-handlers.ts';
import { mailHandlers } from './mail-handlers.ts';
import { passkeyHandlers } from './passkey-handlers.ts';
import { personHandlers } from './person-handlers.ts';
import { accountHandlers } from './account-handlers.ts';
import { revisionHandlers } from './revision-handlers.ts';
import { roleHandlers } from './role-handlers.ts';
import { rotationHandlers } from './rotation-handlers.ts';
import { secretHandlers } from './secret-handlers.ts';
import { scanHandlers } from './scan-handlers.ts';
import { secretKeyHandlers } from './secret-key-handlers.ts';
import { skillHandlers } from './skill-handlers.ts';
import { ssoHandlers } from './sso-handlers.ts';
import { stateHandlers } from './state-handlers.ts';
import { templateHandlers } from './template-handlers.ts';
import { orphanHandlers } from './orphan-handlers.ts';
import { thingHandlers } from './thing-handlers.ts';
import { traceHandlers } from './trace-handlers.ts';
import { workspaceHandlers } from './workspace-handlers.ts';
import { teamHandlers } from './team-handlers.ts';
import { ruleHandlers } from './rule-handlers.ts';
import { delegationHandlers } from './delegation-handlers.ts';
import { goalHandlers } from './goal-handlers.ts';
import { contextHandlers } from './context-handlers.ts';
import { inboxHandlers } from './inbox-handlers.ts';
import { notifierHandlers } from './notifier-handlers.ts';
import type { Handler } from './world.ts';

/** What the stand-in answers to each route. */
export const handlers: Record<string, Handler> = {
  ...doorHandlers,
  ...botHandlers,
  ...lifeHandlers,
  ...stateHandlers,
  ...doctorHandlers,
  ...thingHandlers,
  ...orphanHandlers,
  ...channelHandlers,
  ...budgetHandlers,
  ...secretHandlers,
  ...rotationHandlers,
  ...layerHandlers,
  ...templateHandlers,
  ...skillHandlers,
  ...revisionHandlers,
  ...driftHandlers,
  ...egressHandlers,
  ...healthHandlers,
  ...keyHandlers,
  ...secretKeyHandlers,
  ...scanHandlers,
  ...auditHandlers,
  ...auditSinkHandlers,
  ...auditViewHandlers,
  ...exporterHandlers,
  ...captureHandlers,
  ...personHandlers,
  ...roleHandlers,
  ...accountHandlers,
  ...passkeyHandlers,
  ...workspaceHandlers,
  ...ssoHandlers,
  ...costHandlers,
  ...directoryHandlers,
  ...mailHandlers,
  ...traceHandlers,
  ...notifierHandlers,
  ...inboxHandlers,
  ...contextHandlers,
  ...goalHandlers,
  ...delegationHandlers,
  ...ruleHandlers,
  ...teamHandlers,
};
