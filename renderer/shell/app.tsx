/** @file The whole window. */
import { Dialogs } from './dialogs/dialogs.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Notices } from './notices.tsx';
import { ServicesContext } from '../hooks/services.ts';
import { type Services } from '../state/services.ts';
import { Shell } from './shell.tsx';
import { useFitOnLoad } from './use-fit-on-load.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useThemeOnPage } from '../hooks/use-theme.ts';

export function App({ services }: { readonly services: Services }) {
  return (
    <ErrorBoundary document={services.document} onRetry={() => services.dialogs.answer()}>
      <ServicesContext value={services}>
        <Page />
      </ServicesContext>
    </ErrorBoundary>
  );
}

function Page() {
  useThemeOnPage();
  useShortcuts();
  useFitOnLoad();
  return (
    <>
      <Shell />
      <Dialogs />
      <Notices />
    </>
  );
}
