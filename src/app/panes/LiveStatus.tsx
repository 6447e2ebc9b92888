import { formatInteger } from '../../base/format.ts';
import hidden from '../parts/hidden.module.css';
import { count } from '../parts/words.ts';
import type { HoplineState } from '../state/hoplineState.ts';
import { useHopline } from '../state/hoplineStore.ts';
import { readingText } from './readingText.ts';

/** Says aloud what the eye sees happen: quarters of the reading, its end, an export. Failures are alerts of their own. */
export function LiveStatus() {
  const status = useHopline(toStatus);
  return <output className={hidden.visually}>{status}</output>;
}

function toStatus({ opening, opened, announcement }: HoplineState): string {
  if (opening !== null) return readingText(opening);
  if (announcement !== null) return announcement;
  if (opened === null) return '';
  const paths = `${formatInteger(opened.paths.length)} request ${count(opened.paths.length, 'path')}`;
  if (opened.type === 'diagram') return `Opened the diagram ${opened.label}`;
  return `Opened ${opened.label}: ${formatInteger(opened.dataset.summary.spans)} spans, ${paths}`;
}
