import { api } from '@clawster/contract/api';
import { can } from '@clawster/control-plane/access/can';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { createRole } from '@clawster/control-plane/role/create-role';
import { deleteRole } from '@clawster/control-plane/role/delete-role';
import { listRoles } from '@clawster/control-plane/role/list-roles';
import { updateRole } from '@clawster/control-plane/role/update-role';
import { createRoleBinding } from '@clawster/control-plane/role-binding/create-role-binding';
import { deleteRoleBinding } from '@clawster/control-plane/role-binding/delete-role-binding';
import { listRoleBindings } from '@clawster/control-plane/role-binding/list-role-bindings';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class RoleController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.roles.list)
  list(input: unknown, caller: Caller) {
    return listRoles(this.plane, caller, input);
  }

  @Handle(api.roles.create)
  create(input: unknown, caller: Caller) {
    return createRole(this.plane, caller, input);
  }

  @Handle(api.roles.update)
  update(input: unknown, caller: Caller) {
    return updateRole(this.plane, caller, input);
  }

  @Handle(api.roles.delete)
  delete(input: unknown, caller: Caller) {
    return deleteRole(this.plane, caller, input);
  }

  @Handle(api.roleBindings.list)
  listBindings(input: unknown, caller: Caller) {
    return listRoleBindings(this.plane, caller, input);
  }

  @Handle(api.roleBindings.create)
  bind(input: unknown, caller: Caller) {
    return createRoleBinding(this.plane, caller, input);
  }

  @Handle(api.roleBindings.delete)
  unbind(input: unknown, caller: Caller) {
    return deleteRoleBinding(this.plane, caller, input);
  }

  @Handle(api.access.can)
  can(input: unknown, caller: Caller) {
    return can(this.plane, caller, input);
  }
}
