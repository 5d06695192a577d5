/** @file Blocks that are alike and stand in a row are marked, and become a list in one click. */
import { FoldVertical } from 'lucide-react';
import { useMemo } from 'react';
import { alikeRowAt, alikeRows, type AlikeRow } from '../../../core/check/index.ts';
import { keysOf, type ModelClass, type NodeId } from '../../../core/document/index.ts';
import { foldRow, rowText } from '../../commands/shared/fold-row.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { Button } from '../../ui/button.tsx';

/** Of longer chains and larger classes the command tells: here every edit asks anew. */
const MOST_NODES = 256;

interface AlikeNoteProps {
  readonly modelClass: ModelClass;
  /** Its row; of the whole class where none is given. */
  readonly node?: NodeId;
}

export function AlikeNote({ modelClass, node }: AlikeNoteProps) {
  const services = useServices();
  const check = useCheck();
  const document = useDocument((each) => each);
  const path = useSession((state) => state.open.at(-1)?.instance);
  const rows = useMemo((): readonly AlikeRow[] => {
    const instance = check.instanceAt(modelClass.id, path);
    // The check may be one of the document before, for an instant.
    if (!instance || instance.class.nodes !== modelClass.nodes) return [];
    if (node === undefined) return keysOf(modelClass.nodes).length > MOST_NODES ? [] : alikeRows(document, instance);
    return [alikeRowAt(document, instance, node, MOST_NODES)].filter((row) => row !== undefined);
  }, [check, document, modelClass, node, path]);
  if (rows.length === 0) return null;
  return (
    <ul className="node-faults" aria-label="Alike in a row">
      {rows.map((row) => (
        <li key={row.nodes[0]} data-severity="hint">
          <FoldVertical size={14} aria-hidden />
          <div>
            <p>
              {rowText(row)}
              {row.keepsDraws ? '.' : ', with other modules made in between: as a list, fresh weights are others.'}
            </p>
            <div className="node-fixes">
              <Button size="small" onPress={() => foldRow(services, modelClass.id, row)}>
                Fold into a list ×{row.count}
              </Button>
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
