/** @file Play, pause, one step forth and back, and a look at what the next step will see. */
import { Pause, Play, ScanSearch, StepBack, StepForward } from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { invoke, isPossible, titleOf, type Command } from '../../commands/command.ts';
import { stopCommand } from '../../commands/stop.command.ts';
import { trainCommand } from '../../commands/train.command.ts';
import { stepBackCommand, stepOnceCommand, traceStepCommand } from '../../commands/training-steps.command.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useServices } from '../../hooks/services.ts';
import { IconButton } from '../../ui/button.tsx';

export function Transport() {
  const isTraining = useRuns(({ status }) => status === 'training' || status === 'stopping');
  return (
    <div className="transport" role="group" aria-label="Steps of the training">
      <CommandButton command={stepBackCommand} icon={<StepBack size={14} />} />
      {isTraining ? (
        <CommandButton command={stopCommand} label="Pause" icon={<Pause size={14} />} />
      ) : (
        <CommandButton command={trainCommand} icon={<Play size={14} />} />
      )}
      <CommandButton command={stepOnceCommand} icon={<StepForward size={14} />} />
      <CommandButton command={traceStepCommand} icon={<ScanSearch size={14} />} />
    </div>
  );
}

function CommandButton({ command, icon, label }: { readonly command: Command; readonly icon: ReactNode; readonly label?: string }) {
  const services = useServices();
  const can = useSyncExternalStore(services.runs.subscribe, () => isPossible(command, services));
  return (
    <IconButton
      label={label ?? titleOf(command, services)}
      icon={icon}
      size="small"
      isDisabled={!can}
      onPress={() => invoke(command, services)}
    />
  );
}
