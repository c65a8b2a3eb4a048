import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { removeMailServer } from '@clawster/control-plane/mail/remove-mail-server';
import { setMailServer } from '@clawster/control-plane/mail/set-mail-server';
import { showMailServer } from '@clawster/control-plane/mail/show-mail-server';
import { testMailServer } from '@clawster/control-plane/mail/test-mail-server';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class MailController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.mail.show)
  show(input: unknown, caller: Caller) {
    return showMailServer(this.plane, caller, input);
  }

  @Handle(api.mail.set)
  set(input: unknown, caller: Caller) {
    return setMailServer(this.plane, caller, input);
  }

  @Handle(api.mail.test)
  test(input: unknown, caller: Caller) {
    return testMailServer(this.plane, caller, input);
  }

  @Handle(api.mail.remove)
  remove(input: unknown, caller: Caller) {
    return removeMailServer(this.plane, caller, input);
  }
}
