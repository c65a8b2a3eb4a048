import { useEffect, useEffectEvent } from 'react';

/** Calls `act` on a key pressed outside of text fields; with `command`, on ⌘ or Ctrl with that key, anywhere. */
export function useHotkey(key: string, act: (event: KeyboardEvent) => void, options: { command?: boolean } = {}): void {
  const onPressed = useEffectEvent(act);
  const command = options.command ?? false;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key !== key || (event.metaKey || event.ctrlKey) !== command || event.altKey)
        return;
      if (!command && isTyping(event.target)) return;
      onPressed(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [key, command]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('[role=dialog]') !== null)
  );
}
