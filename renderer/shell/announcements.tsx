import { useStore } from 'zustand';
import { useServices } from '../hooks/services.ts';

/** What is said and not shown, for screen readers; also while a dialog hides all else from them. */
export function Announcements() {
  const said = useStore(useServices().announcer, (state) => state.said);
  return (
    <div className="visually-hidden" role="log" aria-label="Announcements" data-live-announcer="true">
      {said.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
