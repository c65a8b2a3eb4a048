import { api } from '@clawster/contract/api';
import { getCheckpoint } from '@clawster/control-plane/audit/get-checkpoint';
import { verifyAudit } from '@clawster/control-plane/audit/verify-audit';
import { createAuditSink } from '@clawster/control-plane/audit-sink/create-audit-sink';
import { deleteAuditSink } from '@clawster/control-plane/audit-sink/delete-audit-sink';
import { listAuditSinks } from '@clawster/control-plane/audit-sink/list-audit-sinks';
import { sendToAuditSink } from '@clawster/control-plane/audit-sink/send-to-audit-sink';
import { getRetention } from '@clawster/control-plane/audit-retention/get-retention';
import { setRetention } from '@clawster/control-plane/audit-retention/set-retention';
import { createAuditView } from '@clawster/control-plane/audit-view/create-audit-view';
import { deleteAuditView } from '@clawster/control-plane/audit-view/delete-audit-view';
import { listAuditViews } from '@clawster/control-plane/audit-view/list-audit-views';
import { updateAuditView } from '@clawster/control-plane/audit-view/update-audit-view';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class AuditController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.audit.verify)
  verify(input: unknown, caller: Caller, exchange: Exchange) {
    return verifyAudit(this.plane, caller, { input, signal: exchange.signal });
  }

  @Handle(api.audit.checkpoint)
  checkpoint(input: unknown, caller: Caller) {
    return getCheckpoint(this.plane, caller, input);
  }

  @Handle(api.auditRetention.get)
  retention(input: unknown, caller: Caller) {
    return getRetention(this.plane, caller, input);
  }

  @Handle(api.auditRetention.set)
  setRetention(input: unknown, caller: Caller) {
    return setRetention(this.plane, caller, input);
  }

  @Handle(api.auditViews.list)
  listViews(input: unknown, caller: Caller) {
    return listAuditViews(this.plane, caller, input);
  }

  @Handle(api.auditViews.create)
  createView(input: unknown, caller: Caller) {
    return createAuditView(this.plane, caller, input);
  }

  @Handle(api.auditViews.update)
  updateView(input: unknown, caller: Caller) {
    return updateAuditView(this.plane, caller, input);
  }

  @Handle(api.auditViews.delete)
  deleteView(input: unknown, caller: Caller) {
    return deleteAuditView(this.plane, caller, input);
  }

  @Handle(api.auditSinks.list)
  listSinks(input: unknown, caller: Caller) {
    return listAuditSinks(this.plane, caller, input);
  }

  @Handle(api.auditSinks.create)
  createSink(input: unknown, caller: Caller) {
    return createAuditSink(this.plane, caller, input);
  }

  @Handle(api.auditSinks.send)
  sendToSink(input: unknown, caller: Caller) {
    return sendToAuditSink(this.plane, caller, input);
  }

  @Handle(api.auditSinks.delete)
  deleteSink(input: unknown, caller: Caller) {
    return deleteAuditSink(this.plane, caller, input);
  }
}
