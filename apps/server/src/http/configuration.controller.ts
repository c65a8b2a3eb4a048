import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { getConfiguration } from '@clawster/control-plane/configuration/get-configuration';
import { previewChange } from '@clawster/control-plane/configuration/preview-change';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ConfigurationController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.configurations.get)
  get(input: unknown, caller: Caller) {
    return getConfiguration(this.plane, caller, input);
  }

  @Handle(api.configurations.preview)
  preview(input: unknown, caller: Caller) {
    return previewChange(this.plane, caller, input);
  }
}
