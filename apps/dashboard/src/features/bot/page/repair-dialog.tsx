'use client';

import type { Bot } from '@clawster/contract/bot';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

type RepairDialogProps = { bot: Bot; onClose: () => void; onRepair: () => void };

/** Says what a repair touches, and what it leaves alone. */
export function RepairDialog({ bot, onClose, onRepair }: RepairDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Repair ${bot.name}?`}
      lead={`Its gateway stops for the repair and starts again: until then, a minute or so, ${bot.name} answers nobody.`}
    >
      <p className="text-sm text-muted">
        Only what is safe is done: rights of its files, leftovers of earlier processes, OpenClaw's own repairs of its
        state. Its configuration, conversations and files stay as they are.
      </p>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button look="primary" onClick={onRepair}>
          Stop and repair it
        </Button>
      </div>
    </Dialog>
  );
}
