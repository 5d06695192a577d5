import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { Notice } from '../state/questions.ts';
import { IconButton } from '../ui/button.tsx';
import { useServices } from '../hooks/services.ts';
import { useDialogs } from './use-dialogs.ts';

/** Long enough to read an error; information goes sooner. */
const SHOWN_MS = { info: 4000, error: 12_000 } as const;

export function Notices() {
  const notices = useDialogs((state) => state.notices);
  return (
    <div className="toasts" role="status" aria-live="polite" aria-label="Notices">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { dialogs } = useServices();
  const { id, tone } = notice;
  useEffect(() => {
    const timer = setTimeout(() => dialogs.dismiss(id), SHOWN_MS[tone]);
    return () => clearTimeout(timer);
  }, [dialogs, id, tone]);
  return (
    <div className={`toast ${tone}`}>
      <p>{notice.text}</p>
      <IconButton label="Dismiss" size="small" icon={<X size={14} />} onPress={() => dialogs.dismiss(id)} />
    </div>
  );
}
