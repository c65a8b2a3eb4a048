import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { getContextEntry, listContext, listContextHistory } from '@clawster/control-plane/context-entry/list-context';
import {
  deleteContextEntry,
  restoreContextEntry,
  setContextEntry,
} from '@clawster/control-plane/context-entry/set-context';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

/** What teams know. */
@Controller()
export class ContextController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.contextEntries.list)
  list(input: unknown, caller: Caller) {
    return listContext(this.plane, caller, input);
  }

  @Handle(api.contextEntries.get)
  get(input: unknown, caller: Caller) {
    return getContextEntry(this.plane, caller, input);
  }

  @Handle(api.contextEntries.history)
  history(input: unknown, caller: Caller) {
    return listContextHistory(this.plane, caller, input);
  }

  @Handle(api.contextEntries.set)
  set(input: unknown, caller: Caller) {
    return setContextEntry(this.plane, caller, input);
  }

  @Handle(api.contextEntries.restore)
  restore(input: unknown, caller: Caller) {
    return restoreContextEntry(this.plane, caller, input);
  }

  @Handle(api.contextEntries.delete)
  delete(input: unknown, caller: Caller) {
    return deleteContextEntry(this.plane, caller, input);
  }
}
