/** @file The lengths of named axes that costs are counted with: the batch, and what else comes in without a length. */
import { useState } from 'react';
import { namedAxes } from '../../../core/check/index.ts';
import { useSizes } from '../../hooks/costs.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { TextInput } from '../../ui/text-input.tsx';

export function AxisLengths() {
  const { root } = useCheck();
  const axes = root ? namedAxes(root) : [];
  return (
    <div className="cost-axes">
      {(axes.includes('batch') ? axes : ['batch', ...axes]).map((axis) => (
        <AxisLength key={axis} axis={axis} />
      ))}
    </div>
  );
}

function AxisLength({ axis }: { readonly axis: string }) {
  const session = useSessionStore();
  const given = useSession((state) => state.costSizes);
  const length = useSizes().get(axis);
  const [isWrong, setWrong] = useState(false);
  const commit = (text: string): string | boolean => {
    const number = Number(text);
    const isFit = text.trim() !== '' && Number.isInteger(number) && number > 0;
    setWrong(!isFit);
    if (!isFit) return `Expected a whole number from 1, got "${text}".`;
    session.set({ costSizes: { ...given, [axis]: number } });
    return true;
  };
  return (
    <label>
      <span>{axis}</span>
      <TextInput
        label={`Length of ${axis}`}
        value={length === undefined ? '' : String(length)}
        placeholder="length"
        isMono
        isInvalid={isWrong}
        onCommit={commit}
      />
    </label>
  );
}
