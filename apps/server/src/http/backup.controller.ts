import { api } from '@clawster/contract/api';
import { createBackup } from '@clawster/control-plane/backup/create-backup';
import { deleteBackup } from '@clawster/control-plane/backup/delete-backup';
import { getBackup } from '@clawster/control-plane/backup/get-backup';
import { listBackups } from '@clawster/control-plane/backup/list-backups';
import { restoreBackup } from '@clawster/control-plane/backup/restore-backup';
import type { Caller } from '@clawster/control-plane/caller';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { Controller, Inject } from '@nestjs/common';
import { Handle } from './handle.ts';
import { PLANE } from './plane.ts';

@Controller()
export class BackupController {
  constructor(@Inject(PLANE) private readonly plane: ControlPlane) {}

  @Handle(api.backups.list)
  list(input: unknown, caller: Caller) {
    return listBackups(this.plane, caller, input);
  }

  @Handle(api.backups.create)
  create(input: unknown, caller: Caller) {
    return createBackup(this.plane, caller, input);
  }

  @Handle(api.backups.get)
  get(input: unknown, caller: Caller) {
    return getBackup(this.plane, caller, input);
  }

  @Handle(api.backups.delete)
  delete(input: unknown, caller: Caller) {
    return deleteBackup(this.plane, caller, input);
  }

  @Handle(api.backups.restore)
  restore(input: unknown, caller: Caller) {
    return restoreBackup(this.plane, caller, input);
  }
}
