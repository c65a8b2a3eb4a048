import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { getConversation } from '@clawster/control-plane/trace/get-conversation';
import { getTrace } from '@clawster/control-plane/trace/get-trace';
import { listConversations } from '@clawster/control-plane/trace/list-conversations';
import { listTurns } from '@clawster/control-plane/trace/list-turns';
import { crossCheck } from '@clawster/control-plane/usage/cross-check';
import { listLoops } from '@clawster/control-plane/usage/list-loops';
import { messageUse } from '@clawster/control-plane/usage/message-use';
import { toolUse } from '@clawster/control-plane/usage/tool-use';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class TraceController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.traces.turns)
  turns(input: unknown, caller: Caller) {
    return listTurns(this.plane, caller, input);
  }

  @Handle(api.traces.get)
  get(input: unknown, caller: Caller) {
    return getTrace(this.plane, caller, input);
  }

  @Handle(api.traces.conversations)
  conversations(input: unknown, caller: Caller) {
    return listConversations(this.plane, caller, input);
  }

  @Handle(api.traces.conversation)
  conversation(input: unknown, caller: Caller) {
    return getConversation(this.plane, caller, input);
  }

  @Handle(api.traces.messages)
  messages(input: unknown, caller: Caller) {
    return messageUse(this.plane, caller, input);
  }

  @Handle(api.traces.tools)
  tools(input: unknown, caller: Caller) {
    return toolUse(this.plane, caller, input);
  }

  @Handle(api.traces.loops)
  loops(input: unknown, caller: Caller) {
    return listLoops(this.plane, caller, input);
  }

  @Handle(api.traces.crossCheck)
  crossCheck(input: unknown, caller: Caller) {
    return crossCheck(this.plane, caller, input);
  }
}
