import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { createTeam } from '@clawster/control-plane/team/create-team';
import { deleteTeam } from '@clawster/control-plane/team/delete-team';
import { deployTeam } from '@clawster/control-plane/team/deploy-team';
import { showTeam } from '@clawster/control-plane/team/get-team';
import { listTeamTemplates } from '@clawster/control-plane/team/list-team-templates';
import { listTeams } from '@clawster/control-plane/team/list-teams';
import { removeMember } from '@clawster/control-plane/team/remove-member';
import { setMember } from '@clawster/control-plane/team/set-member';
import { teamFlow } from '@clawster/control-plane/team/team-flow';
import { updateTeam } from '@clawster/control-plane/team/update-team';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class TeamController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.teams.list)
  list(input: unknown, caller: Caller) {
    return listTeams(this.plane, caller, input);
  }

  @Handle(api.teams.get)
  get(input: unknown, caller: Caller) {
    return showTeam(this.plane, caller, input);
  }

  @Handle(api.teams.create)
  create(input: unknown, caller: Caller) {
    return createTeam(this.plane, caller, input);
  }

  @Handle(api.teams.update)
  update(input: unknown, caller: Caller) {
    return updateTeam(this.plane, caller, input);
  }

  @Handle(api.teams.delete)
  delete(input: unknown, caller: Caller) {
    return deleteTeam(this.plane, caller, input);
  }

  @Handle(api.teams.setMember)
  setMember(input: unknown, caller: Caller) {
    return setMember(this.plane, caller, input);
  }

  @Handle(api.teams.removeMember)
  removeMember(input: unknown, caller: Caller) {
    return removeMember(this.plane, caller, input);
  }

  @Handle(api.teams.flow)
  flow(input: unknown, caller: Caller) {
    return teamFlow(this.plane, caller, input);
  }

  @Handle(api.teams.templates)
  templates(input: unknown, caller: Caller) {
    return listTeamTemplates(this.plane, caller, input);
  }

  @Handle(api.teams.deploy)
  deploy(input: unknown, caller: Caller) {
    return deployTeam(this.plane, caller, input);
  }
}
