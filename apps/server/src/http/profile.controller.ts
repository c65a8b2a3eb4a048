import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { listProfiles } from '@clawster/control-plane/profile/list-profiles';
import { getProfile } from '@clawster/control-plane/profile/get-profile';
import { createProfile } from '@clawster/control-plane/profile/create-profile';
import { updateProfile } from '@clawster/control-plane/profile/update-profile';
import { deleteProfile } from '@clawster/control-plane/profile/delete-profile';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ProfileController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.profiles.list)
  list(input: unknown, caller: Caller) {
    return listProfiles(this.plane, caller, input);
  }

  @Handle(api.profiles.get)
  get(input: unknown, caller: Caller) {
    return getProfile(this.plane, caller, input);
  }

  @Handle(api.profiles.create)
  create(input: unknown, caller: Caller) {
    return createProfile(this.plane, caller, input);
  }

  @Handle(api.profiles.update)
  update(input: unknown, caller: Caller) {
    return updateProfile(this.plane, caller, input);
  }

  @Handle(api.profiles.delete)
  delete(input: unknown, caller: Caller) {
    return deleteProfile(this.plane, caller, input);
  }
}
