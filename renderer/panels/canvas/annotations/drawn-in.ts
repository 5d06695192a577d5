import type { Annotation } from '../../../../core/document/index.ts';
import type { Room } from '../expansion/room.ts';

/** Where a note is drawn; a frame is as much longer as what it holds. */
export function drawnIn<T extends Annotation>(each: T, room: Room): T {
  const { x, y, width, height, kind } = each;
  const at = room.toDrawn(each);
  if (kind !== 'frame') return at === each ? each : { ...each, x: at.x, y: at.y };
  const longer = room.toDrawn({ x: x + width, y }).x - at.x - width;
  const higher = room.toDrawn({ x, y: y + height }).y - at.y - height;
  return at.x === x && at.y === y && longer === 0 && higher === 0
    ? each
    : { ...each, x: at.x, y: at.y, width: width + longer, height: height + higher };
}
