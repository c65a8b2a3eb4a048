import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { createExporter } from '@clawster/control-plane/exporter/create-exporter';
import { deleteExporter } from '@clawster/control-plane/exporter/delete-exporter';
import { listExporters } from '@clawster/control-plane/exporter/list-exporters';
import { resumeExporter } from '@clawster/control-plane/exporter/resume-exporter';
import { testExporter } from '@clawster/control-plane/exporter/test-exporter';
import { updateExporter } from '@clawster/control-plane/exporter/update-exporter';
import { createLinkOut } from '@clawster/control-plane/link-out/create-link-out';
import { deleteLinkOut } from '@clawster/control-plane/link-out/delete-link-out';
import { linkOutsAt } from '@clawster/control-plane/link-out/link-outs-at';
import { listLinkOuts } from '@clawster/control-plane/link-out/list-link-outs';
import { updateLinkOut } from '@clawster/control-plane/link-out/update-link-out';
import { getPrometheus } from '@clawster/control-plane/metrics/get-prometheus';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

/** What leaves for other tools: telemetry that is sent, figures that are read, and links. */
@Controller()
export class ExporterController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.exporters.list)
  list(input: unknown, caller: Caller) {
    return listExporters(this.plane, caller, input);
  }

  @Handle(api.exporters.create)
  create(input: unknown, caller: Caller) {
    return createExporter(this.plane, caller, input);
  }

  @Handle(api.exporters.update)
  update(input: unknown, caller: Caller) {
    return updateExporter(this.plane, caller, input);
  }

  @Handle(api.exporters.test)
  test(input: unknown, caller: Caller) {
    return testExporter(this.plane, caller, input);
  }

  @Handle(api.exporters.resume)
  resume(input: unknown, caller: Caller) {
    return resumeExporter(this.plane, caller, input);
  }

  @Handle(api.exporters.delete)
  delete(input: unknown, caller: Caller) {
    return deleteExporter(this.plane, caller, input);
  }

  @Handle(api.metrics.prometheus)
  prometheus(input: unknown, caller: Caller) {
    return getPrometheus(this.plane, caller, input);
  }

  @Handle(api.linkOuts.list)
  listLinkOuts(input: unknown, caller: Caller) {
    return listLinkOuts(this.plane, caller, input);
  }

  @Handle(api.linkOuts.at)
  linkOutsAt(input: unknown, caller: Caller) {
    return linkOutsAt(this.plane, caller, input);
  }

  @Handle(api.linkOuts.create)
  createLinkOut(input: unknown, caller: Caller) {
    return createLinkOut(this.plane, caller, input);
  }

  @Handle(api.linkOuts.update)
  updateLinkOut(input: unknown, caller: Caller) {
    return updateLinkOut(this.plane, caller, input);
  }

  @Handle(api.linkOuts.delete)
  deleteLinkOut(input: unknown, caller: Caller) {
    return deleteLinkOut(this.plane, caller, input);
  }
}
