import { useEffect, useState } from 'react';

/** A value as it was when it last stood still for a while, so that not every key pressed asks the server. */
export function useSettled<Value>(value: Value, waitMs = 400): Value {
  const key = JSON.stringify(value);
  const [settled, setSettled] = useState({ key, value });
  useEffect(() => {
    if (key === settled.key) return;
    const timer = setTimeout(() => setSettled({ key, value }), waitMs);
    return () => clearTimeout(timer);
  }, [key, value, settled.key, waitMs]);
  return settled.value;
}
