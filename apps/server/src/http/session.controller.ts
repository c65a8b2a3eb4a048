import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { currentSession } from '@clawster/control-plane/session/current-session';
import { listSessions } from '@clawster/control-plane/session/list-sessions';
import { revokeSession } from '@clawster/control-plane/session/revoke-session';
import { secondStep } from '@clawster/control-plane/session/second-step';
import { signIn } from '@clawster/control-plane/session/sign-in';
import { signOut } from '@clawster/control-plane/session/sign-out';
import { switchWorkspace } from '@clawster/control-plane/session/switch-workspace';
import { Controller, Inject } from '@nestjs/common';
import type { Exchange } from './exchange.ts';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class SessionController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.sessions.signIn)
  async signIn(input: unknown, caller: Caller, exchange: Exchange) {
    const answer = await signIn(this.plane, caller, input);
    if ('state' in answer) return answer;
    return { state: 'signed-in' as const, identity: exchange.signedIn(answer) };
  }

  @Handle(api.sessions.secondStep)
  async secondStep(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedIn(await secondStep(this.plane, caller, input));
  }

  @Handle(api.sessions.current)
  current(input: unknown, caller: Caller) {
    return currentSession(this.plane, caller, input);
  }

  @Handle(api.sessions.signOut)
  async signOut(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedOut(await signOut(this.plane, caller, input));
  }

  @Handle(api.sessions.switch)
  async switch(input: unknown, caller: Caller, exchange: Exchange) {
    return exchange.signedIn(await switchWorkspace(this.plane, caller, input));
  }

  @Handle(api.sessions.list)
  list(input: unknown, caller: Caller) {
    return listSessions(this.plane, caller, input);
  }

  @Handle(api.sessions.revoke)
  revoke(input: unknown, caller: Caller) {
    return revokeSession(this.plane, caller, input);
  }
}
