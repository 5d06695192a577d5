/** @file Mounts the app, nothing else. */
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/overlays.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';
import { createServices } from './state/create-services.ts';
import { showFirstDocument } from './shell/first-document.ts';
import { keepInStep, PREFERENCES_KEY } from './shell/keep-in-step.ts';
import { keepRecoverable } from './shell/keep-recoverable.ts';
import { readShippedData } from './state/derived/shipped-data.ts';
import { pickPlatform } from './platform/pick.ts';
import { connectBrowserWorker } from './worker/browser-worker.ts';
import { tellStrayFaults } from './state/or-tell.ts';
import { readPreferences } from './state/session/fields.ts';

const platform = pickPlatform();
const [preferences, dataFiles] = await Promise.all([platform.readPreference(PREFERENCES_KEY), readShippedData(platform)]);
const services = createServices({ platform, connect: connectBrowserWorker, session: readPreferences(preferences), dataFiles });
const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root". Restore index.html.');
createRoot(root).render(<App services={services} />);
keepInStep(services);
tellStrayFaults(services.dialogs, window);
keepRecoverable(services);
await showFirstDocument(services);
