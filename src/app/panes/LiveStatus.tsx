import hidden from '../parts/hidden.module.css';
import { countText } from '../parts/words.ts';
import type { HoplineState } from '../state/hoplineState.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { readingText } from '../parts/readingText.ts';

/** Says aloud what the eye sees happen: quarters of the reading, its end, an export. Failures are alerts of their own. */
export function LiveStatus() {
  const status = useHopline(toStatus);
  return <output className={hidden.visually}>{status}</output>;
}

function toStatus({ opening, opened, announcement }: HoplineState): string {
  if (opening !== null) return readingText(opening);
  if (announcement !== null) return announcement;
  if (opened === null) return '';
  if (opened.type === 'diagram') return `Opened the diagram ${opened.label}`;
  const spans = countText(opened.dataset.summary.spans, 'span');
  return `Opened ${opened.label}: ${spans}, ${countText(opened.paths.length, 'request path')}`;
}
