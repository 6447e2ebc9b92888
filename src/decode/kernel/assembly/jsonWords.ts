import { stopAt } from './failure.ts';
import { isText } from './jsonKeys.ts';
import { endAt } from './jsonSpace.ts';

/** Whether `true` stands at `p`; if not, `false` must. */
/* @inline */ export function trueAt(p: usize): bool {
  if (isText(p, 'true')) {
    endAt(p + 4);
    return true;
  }
  if (!isText(p, 'false')) stopAt(p);
  endAt(p + 5);
  return false;
}
