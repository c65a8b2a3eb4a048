import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { secretImpact } from '@clawster/control-plane/rotation/impact';
import { getRotation, listRotationBots, listRotations } from '@clawster/control-plane/rotation/list-rotations';
import { resumeRotation } from '@clawster/control-plane/rotation/resume-rotation';
import { revokeSecret } from '@clawster/control-plane/rotation/revoke-secret';
import { startRotation } from '@clawster/control-plane/rotation/start-rotation';
import { undoRotation } from '@clawster/control-plane/rotation/undo-rotation';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class RotationController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.rotations.impact)
  impact(input: unknown, caller: Caller) {
    return secretImpact(this.plane, caller, input);
  }

  @Handle(api.rotations.start)
  start(input: unknown, caller: Caller) {
    return startRotation(this.plane, caller, input);
  }

  @Handle(api.rotations.list)
  list(input: unknown, caller: Caller) {
    return listRotations(this.plane, caller, input);
  }

  @Handle(api.rotations.get)
  get(input: unknown, caller: Caller) {
    return getRotation(this.plane, caller, input);
  }

  @Handle(api.rotations.bots)
  bots(input: unknown, caller: Caller) {
    return listRotationBots(this.plane, caller, input);
  }

  @Handle(api.rotations.resume)
  resume(input: unknown, caller: Caller) {
    return resumeRotation(this.plane, caller, input);
  }

  @Handle(api.rotations.undo)
  undo(input: unknown, caller: Caller) {
    return undoRotation(this.plane, caller, input);
  }

  @Handle(api.rotations.revoke)
  revoke(input: unknown, caller: Caller) {
    return revokeSecret(this.plane, caller, input);
  }
}
