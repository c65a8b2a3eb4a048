'use client';

import { KeysHelp } from './keys-help.tsx';
import { Palette } from './palette.tsx';

type PaletteOrKeysProps = { shown: 'palette' | 'keys'; onClose: () => void; onKeys: () => void };

/** What the keys open; together, so that every page carries one way to fetch them. */
export function PaletteOrKeys({ shown, onClose, onKeys }: PaletteOrKeysProps) {
  return shown === 'keys' ? <KeysHelp onClose={onClose} /> : <Palette onClose={onClose} onKeys={onKeys} />;
}
