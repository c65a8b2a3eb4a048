import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { connectDirectory } from '@clawster/control-plane/directory/connect-directory';
import { listGroups } from '@clawster/control-plane/directory/list-groups';
import { removeDirectory } from '@clawster/control-plane/directory/remove-directory';
import { rotateDirectory } from '@clawster/control-plane/directory/rotate-directory';
import { showDirectory } from '@clawster/control-plane/directory/show-directory';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class DirectoryController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.directory.show)
  show(input: unknown, caller: Caller) {
    return showDirectory(this.plane, caller, input);
  }

  @Handle(api.directory.connect)
  connect(input: unknown, caller: Caller) {
    return connectDirectory(this.plane, caller, input);
  }

  @Handle(api.directory.rotate)
  rotate(input: unknown, caller: Caller) {
    return rotateDirectory(this.plane, caller, input);
  }

  @Handle(api.directory.remove)
  remove(input: unknown, caller: Caller) {
    return removeDirectory(this.plane, caller, input);
  }

  @Handle(api.directory.groups)
  groups(input: unknown, caller: Caller) {
    return listGroups(this.plane, caller, input);
  }
}
