import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { assignItem } from '@clawster/control-plane/inbox/assign-item';
import { answerItem, decideItem } from '@clawster/control-plane/inbox/decide-item';
import { getInboxItem } from '@clawster/control-plane/inbox/get-item';
import { seeInboxLink, useInboxLink } from '@clawster/control-plane/inbox/inbox-link';
import { countInbox, listInbox } from '@clawster/control-plane/inbox/list-inbox';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class InboxController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.inbox.list)
  list(input: unknown, caller: Caller) {
    return listInbox(this.plane, caller, input);
  }

  @Handle(api.inbox.count)
  count(input: unknown, caller: Caller) {
    return countInbox(this.plane, caller, input);
  }

  @Handle(api.inbox.get)
  get(input: unknown, caller: Caller) {
    return getInboxItem(this.plane, caller, input);
  }

  @Handle(api.inbox.decide)
  decide(input: unknown, caller: Caller) {
    return decideItem(this.plane, caller, input);
  }

  @Handle(api.inbox.answer)
  answer(input: unknown, caller: Caller) {
    return answerItem(this.plane, caller, input);
  }

  @Handle(api.inbox.assign)
  assign(input: unknown, caller: Caller) {
    return assignItem(this.plane, caller, input);
  }

  @Handle(api.inbox.seeLink)
  seeLink(input: unknown, caller: Caller) {
    return seeInboxLink(this.plane, caller, input);
  }

  @Handle(api.inbox.useLink)
  useLink(input: unknown, caller: Caller) {
    return useInboxLink(this.plane, caller, input);
  }
}
