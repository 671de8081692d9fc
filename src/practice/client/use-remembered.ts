import { useState } from 'react';

/** Kept for this browser tab, so that a reload shows the same chat. */
export function useRemembered(key: string): [string | null, (value: string | null) => void] {
  const [value, setValue] = useState(() => sessionStorage.getItem(key));
  const remember = (next: string | null) => {
    if (next === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, next);
    setValue(next);
  };
  return [value, remember];
}
