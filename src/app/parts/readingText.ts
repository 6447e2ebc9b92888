import { countText } from './words.ts';
import type { Opening } from '../state/opened.ts';

/** What is said aloud of files on their way in: the reading by quarters. */
export function readingText({ progress, label }: Opening): string {
  if (progress === null) return `Reading ${label}`;
  if (progress.stage === 'analysing') return `Analysing ${countText(progress.spans, 'span')}`;
  const quarters = progress.bytesTotal === 0 ? 0 : Math.floor((4 * progress.bytesRead) / progress.bytesTotal);
  return `Reading ${label}, ${quarters * 25} percent`;
}
