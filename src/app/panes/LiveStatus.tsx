import { formatInteger } from '../../base/format.ts';
import hidden from '../parts/hidden.module.css';
import { count } from '../parts/words.ts';
import type { HoplineState } from '../state/hoplineState.ts';
import { useHopline } from '../state/hoplineStore.ts';

/** Says aloud what the eye sees happen: quarters of the reading, its end, an export. Failures are alerts of their own. */
export function LiveStatus() {
  const status = useHopline(toStatus);
  return <output className={hidden.visually}>{status}</output>;
}

function toStatus({ opening, opened, announcement }: HoplineState): string {
  if (opening !== null) {
    const { progress, label } = opening;
    if (progress === null) return `Reading ${label}`;
    if (progress.stage === 'analysing') return `Analysing ${formatInteger(progress.spans)} spans`;
    const quarters = progress.bytesTotal === 0 ? 0 : Math.floor((4 * progress.bytesRead) / progress.bytesTotal);
    return `Reading ${label}, ${quarters * 25} percent`;
  }
  if (announcement !== null) return announcement;
  if (opened === null) return '';
  const paths = `${formatInteger(opened.paths.length)} request ${count(opened.paths.length, 'path')}`;
  if (opened.type === 'diagram') return `Opened the diagram ${opened.label}`;
  return `Opened ${opened.label}: ${formatInteger(opened.dataset.summary.spans)} spans, ${paths}`;
}
