import { formatInteger } from '../base/format.ts';
import type { LoadProgress } from '../pipeline.ts';
import { printable, type Terminal } from './terminal.ts';

/** Nothing is shown before: most files are read by then. */
const PATIENCE_MS = 600;
const INTERVAL_MS = 100;

/**
 * One line on standard error that is written over and wiped at the end; nothing at all where it is no terminal.
 *
 *     reading traces.jsonl.gz  42%  310 MB/s  1,204,311 spans
 */
export function progressLine(stderr: Terminal['stderr'], bytesTotal: number | null) {
  const started = performance.now();
  let shownAt = started + PATIENCE_MS - INTERVAL_MS;
  let isShown = false;
  return {
    update({ bytesRead, spans, source }: LoadProgress): void {
      const now = performance.now();
      if (stderr.isTTY !== true || now - shownAt < INTERVAL_MS) return;
      shownAt = now;
      isShown = true;
      const done =
        bytesTotal === null
          ? `${megabytes(bytesRead)} MB`
          : `${Math.floor((100 * bytesRead) / Math.max(1, bytesTotal))}%`;
      const rate = `${megabytes((bytesRead * 1000) / (now - started))} MB/s`;
      const line = `reading ${printable(source)}  ${done}  ${rate}  ${formatInteger(spans)} spans`;
      stderr.write(`\r\u001B[2K${line.slice(0, Math.max(40, stderr.columns ?? 80) - 1)}`);
    },
    end(): void {
      if (isShown) stderr.write('\r\u001B[2K');
    },
  };
}

function megabytes(bytes: number): string {
  return formatInteger(bytes / 1e6);
}
