import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { listRevisions } from '@clawster/control-plane/revision/list-revisions';
import { getRevision } from '@clawster/control-plane/revision/get-revision';
import { compareRevisions } from '@clawster/control-plane/revision/compare-revisions';
import { labelRevision } from '@clawster/control-plane/revision/label-revision';
import { rollBack } from '@clawster/control-plane/revision/roll-back';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class RevisionController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.revisions.list)
  list(input: unknown, caller: Caller) {
    return listRevisions(this.plane, caller, input);
  }

  @Handle(api.revisions.get)
  get(input: unknown, caller: Caller) {
    return getRevision(this.plane, caller, input);
  }

  @Handle(api.revisions.compare)
  compare(input: unknown, caller: Caller) {
    return compareRevisions(this.plane, caller, input);
  }

  @Handle(api.revisions.label)
  label(input: unknown, caller: Caller) {
    return labelRevision(this.plane, caller, input);
  }

  @Handle(api.revisions.rollBack)
  rollBack(input: unknown, caller: Caller) {
    return rollBack(this.plane, caller, input);
  }
}
