import type { TraceSpan } from '../../protocol.ts';
import { formatDuration, formatDurationText } from '../../base/format.ts';
import { shownName } from '../../layout/text.ts';
import { nameBefore } from '../parts/words.ts';
import styles from './TraceDialog.module.css';

interface Props {
  readonly span: TraceSpan;
  readonly totalMs: number;
  /** Levels below the root that its trace has. */
  readonly deepest: number;
}

export function SpanRow({ span, totalMs, deepest }: Props) {
  const { name, service, layer, depth, startMs, durationMs, pathMs, isError, isDashed } = span;
  const percent = (ms: number): number => (totalMs > 0 ? Math.max(0, Math.min(100, (100 * ms) / totalMs)) : 0);
  const left = percent(startMs);
  return (
    <div className={styles.span}>
      <span
        className={styles.name}
        style={{ paddingLeft: indentOf(depth, deepest) }}
        title={`${nameBefore(service)} ${shownName(name)}`}
      >
        {isError && (
          <span className={styles.error} title="error">
            ▲
          </span>
        )}
        <Service>{service}</Service>
        <span className={styles.operation}>{shownName(name)}</span>
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

/** A namespace is left out where there is no room for it: the service's own name is what tells spans apart. */
function Service({ children: service }: { readonly children: string }) {
  const own = service.lastIndexOf(' / ') + 1;
  return (
    <span className={styles.rowService}>
      {own > 0 && <span className={styles.namespace}>{nameBefore(service.slice(0, own - 1))} / </span>}
      {nameBefore(own > 0 ? service.slice(own + 2) : service)}
    </span>
  );
}

/** Ten px a level, but less where the deepest of them would leave its name less than 32 letters, or 4 / 5 of the column. */
function indentOf(depth: number, deepest: number): string {
  return `min(${depth * 10}px, max(20%, 100% - 32ch) * ${depth / Math.max(1, deepest)})`;
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
