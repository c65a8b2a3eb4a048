import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { applyManifests } from '@clawster/control-plane/manifest/apply-manifests';
import { exportManifests } from '@clawster/control-plane/manifest/export-manifests';
import { planManifests } from '@clawster/control-plane/manifest/plan-manifests';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ManifestController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.manifests.export)
  export(input: unknown, caller: Caller) {
    return exportManifests(this.plane, caller, input);
  }

  @Handle(api.manifests.plan)
  plan(input: unknown, caller: Caller) {
    return planManifests(this.plane, caller, input);
  }

  @Handle(api.manifests.apply)
  apply(input: unknown, caller: Caller) {
    return applyManifests(this.plane, caller, input);
  }
}
