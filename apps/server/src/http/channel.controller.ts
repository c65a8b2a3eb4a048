import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { attachChannel } from '@clawster/control-plane/channel/attach-channel';
import { checkChannel } from '@clawster/control-plane/channel/check-channel';
import { createChannel } from '@clawster/control-plane/channel/create-channel';
import { deleteChannel } from '@clawster/control-plane/channel/delete-channel';
import { detachChannel, updateAttachment } from '@clawster/control-plane/channel/detach-channel';
import { getChannel } from '@clawster/control-plane/channel/get-channel';
import { logoutChannel, startLogin, waitLogin } from '@clawster/control-plane/channel/link-channel';
import { listChannels } from '@clawster/control-plane/channel/list-channels';
import { channelsOfBot, probeChannels } from '@clawster/control-plane/channel/of-bot';
import { decidePairing, listPairings } from '@clawster/control-plane/channel/pairings';
import { testChannel } from '@clawster/control-plane/channel/test-channel';
import { updateChannel } from '@clawster/control-plane/channel/update-channel';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ChannelController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.channels.list)
  list(input: unknown, caller: Caller) {
    return listChannels(this.plane, caller, input);
  }

  @Handle(api.channels.get)
  get(input: unknown, caller: Caller) {
    return getChannel(this.plane, caller, input);
  }

  @Handle(api.channels.test)
  test(input: unknown, caller: Caller) {
    return testChannel(this.plane, caller, input);
  }

  @Handle(api.channels.create)
  create(input: unknown, caller: Caller) {
    return createChannel(this.plane, caller, input);
  }

  @Handle(api.channels.update)
  update(input: unknown, caller: Caller) {
    return updateChannel(this.plane, caller, input);
  }

  @Handle(api.channels.check)
  check(input: unknown, caller: Caller) {
    return checkChannel(this.plane, caller, input);
  }

  @Handle(api.channels.delete)
  delete(input: unknown, caller: Caller) {
    return deleteChannel(this.plane, caller, input);
  }

  @Handle(api.channels.attach)
  attach(input: unknown, caller: Caller) {
    return attachChannel(this.plane, caller, input);
  }

  @Handle(api.channels.updateAttachment)
  updateAttachment(input: unknown, caller: Caller) {
    return updateAttachment(this.plane, caller, input);
  }

  @Handle(api.channels.detach)
  detach(input: unknown, caller: Caller) {
    return detachChannel(this.plane, caller, input);
  }

  @Handle(api.channels.ofBot)
  ofBot(input: unknown, caller: Caller) {
    return channelsOfBot(this.plane, caller, input);
  }

  @Handle(api.channels.probe)
  probe(input: unknown, caller: Caller) {
    return probeChannels(this.plane, caller, input);
  }

  @Handle(api.channels.startLogin)
  startLogin(input: unknown, caller: Caller) {
    return startLogin(this.plane, caller, input);
  }

  @Handle(api.channels.waitLogin)
  waitLogin(input: unknown, caller: Caller) {
    return waitLogin(this.plane, caller, input);
  }

  @Handle(api.channels.logout)
  logout(input: unknown, caller: Caller) {
    return logoutChannel(this.plane, caller, input);
  }

  @Handle(api.channels.pairings)
  pairings(input: unknown, caller: Caller) {
    return listPairings(this.plane, caller, input);
  }

  @Handle(api.channels.decidePairing)
  decidePairing(input: unknown, caller: Caller) {
    return decidePairing(this.plane, caller, input);
  }
}
