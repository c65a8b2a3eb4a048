import { api } from '@clawster/contract/api';
import type { Caller } from '@clawster/control-plane/caller';
import { attachConnector } from '@clawster/control-plane/connector/attach-connector';
import { checkConnector } from '@clawster/control-plane/connector/check-connector';
import { createConnector } from '@clawster/control-plane/connector/create-connector';
import { deleteConnector } from '@clawster/control-plane/connector/delete-connector';
import { getConnector } from '@clawster/control-plane/connector/get-connector';
import { listConnectors } from '@clawster/control-plane/connector/list-connectors';
import { testConnector } from '@clawster/control-plane/connector/test-connector';
import { updateConnector } from '@clawster/control-plane/connector/update-connector';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class ConnectorController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.connectors.list)
  list(input: unknown, caller: Caller) {
    return listConnectors(this.plane, caller, input);
  }

  @Handle(api.connectors.get)
  get(input: unknown, caller: Caller) {
    return getConnector(this.plane, caller, input);
  }

  @Handle(api.connectors.test)
  test(input: unknown, caller: Caller) {
    return testConnector(this.plane, caller, input);
  }

  @Handle(api.connectors.check)
  check(input: unknown, caller: Caller) {
    return checkConnector(this.plane, caller, input);
  }

  @Handle(api.connectors.create)
  create(input: unknown, caller: Caller) {
    return createConnector(this.plane, caller, input);
  }

  @Handle(api.connectors.update)
  update(input: unknown, caller: Caller) {
    return updateConnector(this.plane, caller, input);
  }

  @Handle(api.connectors.attach)
  attach(input: unknown, caller: Caller) {
    return attachConnector(this.plane, caller, input);
  }

  @Handle(api.connectors.delete)
  delete(input: unknown, caller: Caller) {
    return deleteConnector(this.plane, caller, input);
  }
}
