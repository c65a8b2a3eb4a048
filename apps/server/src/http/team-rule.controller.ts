import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { getRules } from '@clawster/control-plane/team-rule/get-rules';
import { listRuleVersions } from '@clawster/control-plane/team-rule/list-rule-versions';
import { replayRules } from '@clawster/control-plane/team-rule/replay-rules';
import { setRules } from '@clawster/control-plane/team-rule/set-rules';
import { testRules } from '@clawster/control-plane/team-rule/test-rules';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class TeamRuleController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.teamRules.get)
  get(input: unknown, caller: Caller) {
    return getRules(this.plane, caller, input);
  }

  @Handle(api.teamRules.versions)
  versions(input: unknown, caller: Caller) {
    return listRuleVersions(this.plane, caller, input);
  }

  @Handle(api.teamRules.set)
  set(input: unknown, caller: Caller) {
    return setRules(this.plane, caller, input);
  }

  @Handle(api.teamRules.test)
  test(input: unknown, caller: Caller) {
    return testRules(this.plane, caller, input);
  }

  @Handle(api.teamRules.replay)
  replay(input: unknown, caller: Caller) {
    return replayRules(this.plane, caller, input);
  }
}
