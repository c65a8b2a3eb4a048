import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { listSkills } from '@clawster/control-plane/skill/list-skills';
import { getSkill } from '@clawster/control-plane/skill/get-skill';
import { addSkill } from '@clawster/control-plane/skill/add-skill';
import { approveSkill } from '@clawster/control-plane/skill/approve-skill';
import { deleteSkill } from '@clawster/control-plane/skill/delete-skill';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class SkillController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.skills.list)
  list(input: unknown, caller: Caller) {
    return listSkills(this.plane, caller, input);
  }

  @Handle(api.skills.get)
  get(input: unknown, caller: Caller) {
    return getSkill(this.plane, caller, input);
  }

  @Handle(api.skills.add)
  add(input: unknown, caller: Caller) {
    return addSkill(this.plane, caller, input);
  }

  @Handle(api.skills.approve)
  approve(input: unknown, caller: Caller) {
    return approveSkill(this.plane, caller, input);
  }

  @Handle(api.skills.delete)
  delete(input: unknown, caller: Caller) {
    return deleteSkill(this.plane, caller, input);
  }
}
