/** @file The whole window. */
import { I18nProvider } from 'react-aria-components';
import { Announcements } from './announcements.tsx';
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
      {/* The editor speaks English: what the browser is set to, which need not even be a language tag, is never asked. */}
      <I18nProvider locale="en-US">
        <ServicesContext value={services}>
          <Page />
        </ServicesContext>
      </I18nProvider>
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
      <Announcements />
    </>
  );
}
