import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { listOverlays } from '@clawster/control-plane/overlay/list-overlays';
import { createOverlay } from '@clawster/control-plane/overlay/create-overlay';
import { updateOverlay } from '@clawster/control-plane/overlay/update-overlay';
import { deleteOverlay } from '@clawster/control-plane/overlay/delete-overlay';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class OverlayController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.overlays.list)
  list(input: unknown, caller: Caller) {
    return listOverlays(this.plane, caller, input);
  }

  @Handle(api.overlays.create)
  create(input: unknown, caller: Caller) {
    return createOverlay(this.plane, caller, input);
  }

  @Handle(api.overlays.update)
  update(input: unknown, caller: Caller) {
    return updateOverlay(this.plane, caller, input);
  }

  @Handle(api.overlays.delete)
  delete(input: unknown, caller: Caller) {
    return deleteOverlay(this.plane, caller, input);
  }
}
