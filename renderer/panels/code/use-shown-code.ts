/** @file The code that the panel shows, and which of its lines stand for what is selected. */
import { useMemo } from 'react';
import { shownCode, type ShownCode } from '../../state/code/shown-code.ts';
import { linesOfNodes } from '../../state/code/lines.ts';
import { useOpenClass } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';

export function useShownCode(): ShownCode {
  const { derived } = useServices();
  const codeTarget = useSession((state) => state.codeTarget);
  const codePart = useSession((state) => state.codePart);
  const open = useSession((state) => state.open);
  const document = useDocument((present) => present);
  return useMemo(() => shownCode(derived, document, { codeTarget, codePart, open }), [derived, document, codeTarget, codePart, open]);
}

export function useLitLines(code: ShownCode): readonly number[] {
  const modelClass = useOpenClass();
  const nodes = useSession((state) => state.selection.nodes);
  return useMemo(() => (code.ok && modelClass ? linesOfNodes(code.marks, modelClass, nodes) : []), [code, modelClass, nodes]);
}
