import type { TraceSpan } from '../../protocol.ts';
import { formatDuration, formatDurationText } from '../../base/format.ts';
import { shownName } from '../../layout/text.ts';
import { nameBefore } from '../parts/words.ts';
import styles from './TraceDialog.module.css';

/** Beyond this many levels the names no longer move right: they would leave the column. */
const DEEPEST = 24;

export function SpanRow({ span, totalMs }: { readonly span: TraceSpan; readonly totalMs: number }) {
  const { name, service, layer, depth, startMs, durationMs, pathMs, isError, isDashed } = span;
  const percent = (ms: number): number => (totalMs > 0 ? Math.max(0, Math.min(100, (100 * ms) / totalMs)) : 0);
  const left = percent(startMs);
  return (
    <div className={styles.span}>
      <span className={styles.name} style={{ paddingLeft: Math.min(depth, DEEPEST) * 10 }}>
        {isError && (
          <span className={styles.error} title="error">
            ▲{' '}
          </span>
        )}
        <span className={styles.service}>{nameBefore(service)}</span> {shownName(name)}
      </span>
      <span className={styles.track}>
        <span
          className={styles.bar}
          data-is-dashed={isDashed || undefined}
          data-is-on-path={pathMs > 0 || undefined}
          style={{
            left: `${left}%`,
            width: `max(2px, ${Math.min(100 - left, percent(durationMs))}%)`,
            background: isError ? 'var(--bad)' : `var(--${layer ?? 'line'})`,
          }}
        />
      </span>
      <span className={styles.ms}>{shortDuration(durationMs)}</span>
      <span className={styles.ms}>{pathMs > 0 ? shortDuration(pathMs) : ''}</span>
    </div>
  );
}

/** Below a heading that says ms: a short span beside one of hours is no "<0.01". */
function shortDuration(ms: number): string {
  const { value, unit } = formatDuration(ms);
  return unit === 'ms' ? value : `${value} ${unit}`;
}

export function spanName({ name, service, durationMs, pathMs, startMs, depth, isError }: TraceSpan): string {
  return [
    `${shownName(service)}, ${shownName(name)}`,
    `level ${depth + 1}`,
    formatDurationText(durationMs),
    `${formatDurationText(pathMs)} of it on the path`,
    `from ${formatDurationText(startMs)}`,
    ...(isError ? ['error'] : []),
  ].join(', ');
}
