import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { listTemplates } from '@clawster/control-plane/template/list-templates';
import { getTemplate } from '@clawster/control-plane/template/get-template';
import { createTemplate } from '@clawster/control-plane/template/create-template';
import { updateTemplate } from '@clawster/control-plane/template/update-template';
import { deleteTemplate } from '@clawster/control-plane/template/delete-template';
import { saveBotAsTemplate } from '@clawster/control-plane/template/save-bot';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class TemplateController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.templates.list)
  list(input: unknown, caller: Caller) {
    return listTemplates(this.plane, caller, input);
  }

  @Handle(api.templates.get)
  get(input: unknown, caller: Caller) {
    return getTemplate(this.plane, caller, input);
  }

  @Handle(api.templates.create)
  create(input: unknown, caller: Caller) {
    return createTemplate(this.plane, caller, input);
  }

  @Handle(api.templates.update)
  update(input: unknown, caller: Caller) {
    return updateTemplate(this.plane, caller, input);
  }

  @Handle(api.templates.delete)
  delete(input: unknown, caller: Caller) {
    return deleteTemplate(this.plane, caller, input);
  }

  @Handle(api.templates.saveBot)
  saveBot(input: unknown, caller: Caller) {
    return saveBotAsTemplate(this.plane, caller, input);
  }
}
