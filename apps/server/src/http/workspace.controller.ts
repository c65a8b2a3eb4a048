import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { getSettings } from '@clawster/control-plane/workspace/get-settings';
import { listWorkspaces } from '@clawster/control-plane/workspace/list-workspaces';
import { makeWorkspace } from '@clawster/control-plane/workspace/make-workspace';
import { renameWorkspace } from '@clawster/control-plane/workspace/rename-workspace';
import { requireSecondFactor } from '@clawster/control-plane/workspace/require-second-factor';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class WorkspaceController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.workspaces.list)
  list(input: unknown, caller: Caller) {
    return listWorkspaces(this.plane, caller, input);
  }

  @Handle(api.workspaces.create)
  create(input: unknown, caller: Caller) {
    return makeWorkspace(this.plane, caller, input);
  }

  @Handle(api.workspaces.rename)
  rename(input: unknown, caller: Caller) {
    return renameWorkspace(this.plane, caller, input);
  }

  @Handle(api.workspace.settings)
  settings(input: unknown, caller: Caller) {
    return getSettings(this.plane, caller, input);
  }

  @Handle(api.workspace.requireSecondFactor)
  requireSecondFactor(input: unknown, caller: Caller) {
    return requireSecondFactor(this.plane, caller, input);
  }
}
