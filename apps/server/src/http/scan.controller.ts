import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { dismissFinding } from '@clawster/control-plane/finding/dismiss-finding';
import { getFinding, listFindings } from '@clawster/control-plane/finding/list-findings';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { getScan, listScans } from '@clawster/control-plane/scan/list-scans';
import { getScanSchedule, setScanSchedule } from '@clawster/control-plane/scan/scan-schedule';
import { startScan } from '@clawster/control-plane/scan/start-scan';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ScanController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.scans.start)
  start(input: unknown, caller: Caller) {
    return startScan(this.plane, caller, input);
  }

  @Handle(api.scans.list)
  list(input: unknown, caller: Caller) {
    return listScans(this.plane, caller, input);
  }

  @Handle(api.scans.get)
  get(input: unknown, caller: Caller) {
    return getScan(this.plane, caller, input);
  }

  @Handle(api.scans.schedule)
  schedule(input: unknown, caller: Caller) {
    return getScanSchedule(this.plane, caller, input);
  }

  @Handle(api.scans.setSchedule)
  setSchedule(input: unknown, caller: Caller) {
    return setScanSchedule(this.plane, caller, input);
  }

  @Handle(api.findings.list)
  findings(input: unknown, caller: Caller) {
    return listFindings(this.plane, caller, input);
  }

  @Handle(api.findings.get)
  finding(input: unknown, caller: Caller) {
    return getFinding(this.plane, caller, input);
  }

  @Handle(api.findings.dismiss)
  dismiss(input: unknown, caller: Caller) {
    return dismissFinding(this.plane, caller, input);
  }
}
