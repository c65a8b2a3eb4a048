import { Pause, Play, Rocket, RotateCw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { QuickAction } from './use-bot-action.ts';

export const actionIcons: Record<QuickAction, ReactNode> = {
  start: <Play />,
  stop: <Square />,
  pause: <Pause />,
  resume: <Play />,
  restart: <RotateCw />,
  redeploy: <Rocket />,
};
