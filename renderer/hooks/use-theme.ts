import { useEffect, useSyncExternalStore } from 'react';
import { useSession } from './session.ts';

const DARK = '(prefers-color-scheme: dark)';

function subscribeToSystem(onChange: () => void): () => void {
  const query = matchMedia(DARK);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

/** The theme in effect: that of the system unless the user chose one. */
export function useEffectiveTheme(): 'dark' | 'light' {
  const theme = useSession((state) => state.theme);
  const isSystemDark = useSyncExternalStore(subscribeToSystem, () => matchMedia(DARK).matches);
  return theme === 'system' ? (isSystemDark ? 'dark' : 'light') : theme;
}

/** Writes the theme in effect to the page, where the tokens read it. */
export function useThemeOnPage(): void {
  const theme = useEffectiveTheme();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
