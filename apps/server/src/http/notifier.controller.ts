import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { createNotifier } from '@clawster/control-plane/notifier/create-notifier';
import { deleteNotifier } from '@clawster/control-plane/notifier/delete-notifier';
import { listNotifiers } from '@clawster/control-plane/notifier/list-notifiers';
import { testNotifier } from '@clawster/control-plane/notifier/test-notifier';
import { updateNotifier } from '@clawster/control-plane/notifier/update-notifier';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class NotifierController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.notifiers.list)
  list(input: unknown, caller: Caller) {
    return listNotifiers(this.plane, caller, input);
  }

  @Handle(api.notifiers.create)
  create(input: unknown, caller: Caller) {
    return createNotifier(this.plane, caller, input);
  }

  @Handle(api.notifiers.update)
  update(input: unknown, caller: Caller) {
    return updateNotifier(this.plane, caller, input);
  }

  @Handle(api.notifiers.test)
  test(input: unknown, caller: Caller) {
    return testNotifier(this.plane, caller, input);
  }

  @Handle(api.notifiers.delete)
  delete(input: unknown, caller: Caller) {
    return deleteNotifier(this.plane, caller, input);
  }
}
