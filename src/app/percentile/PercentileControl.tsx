import { memo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { formatDurationText, formatPercentile } from '../../base/format.ts';
import type { Histogram, PathView, RequestPath } from '../../analyse/model.ts';
import type { Fraction } from '../../base/units.ts';
import { PERCENTILE_KEYS } from '../../config/percentiles.ts';
import pane from '../parts/pane.module.css';
import { briefEstimate, fullEstimate, totalText, unitOf } from '../parts/words.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { useSize } from '../parts/useSize.ts';
import styles from './PercentileControl.module.css';
import { axisEnd, binOf, HIGHEST, LOWEST, percentileAt, stepped } from './percentileScale.ts';
import { spreadLabels } from './spreadLabels.ts';

/** Within so many px of p50, p95 or p99 the drag takes exactly that: budgets are judged only there. */
const SNAP_PX = 5;
const LABEL_GAP_PX = 10;

interface Props {
  readonly path: RequestPath;
  readonly view: PathView;
}

/** How the totals are spread, with a handle that moves the whole page to any percentile. */
export const PercentileControl = memo(function PercentileControl({ path, view }: Props) {
  const [box, { width }] = useSize();
  const setPercentile = useHopline(({ setPercentile }) => setPercentile);
  const { histogram } = path;
  const end = histogram === null ? 0 : axisEnd(histogram);
  const xOf = (ms: number): number => (end === 0 ? 0 : Math.min(1, ms / end) * width);
  const unit = unitOf(path);
  // A saved picture has no other way back to the percentile that it was saved at.
  const saved = useHopline(({ opened }) => (opened?.type === 'diagram' ? opened.view : null));
  const views = PERCENTILE_KEYS.map((key) => path.at[key]);
  const isAmong = saved === null || views.some(({ percentile }) => percentile === saved.percentile);
  const marks = (isAmong ? views : [...views, saved]).map(({ percentile, totalMs, isResolved }) => {
    const name = formatPercentile(percentile);
    const text = `${name} ${briefEstimate(totalMs, isResolved, unit)}`;
    const label = `${name} ${fullEstimate(totalMs, isResolved, unit)}`;
    return { percentile, text, label, x: xOf(totalMs), isCurrent: percentile === view.percentile };
  });

  const moveTo = (x: number): void => {
    if (histogram === null || width === 0) return;
    const near = marks.filter((mark) => Math.abs(mark.x - x) <= SNAP_PX);
    const [snapped] = near.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
    setPercentile(snapped === undefined ? percentileAt(histogram, (x / width) * end) : snapped.percentile);
  };

  return (
    <section className={styles.control} aria-label="Percentile">
      <div className={styles.head}>
        <h2 className={pane.heading}>Percentile</h2>
        <output>
          <strong>{formatPercentile(view.percentile)}</strong> · {totalText(view)}
          {!view.isResolved && <span className={styles.few}> · too few traces for certainty</span>}
        </output>
      </div>
      <div ref={box} className={styles.plot}>
        {width > 0 && (
          <>
            <Marks marks={marks} width={width} hasAxis={histogram !== null} onChoose={setPercentile} />
            {histogram !== null && (
              <Bars histogram={histogram} width={width} current={binOf(histogram, view.totalMs)} />
            )}
            {histogram !== null && (
              <Handle x={xOf(view.totalMs)} view={view} moveTo={moveTo} setPercentile={setPercentile} />
            )}
          </>
        )}
      </div>
      {histogram !== null && (
        <div className={styles.axis} aria-hidden="true">
          <span>0</span>
          <span>{formatDurationText(end)}</span>
        </div>
      )}
    </section>
  );
});

interface MarksProps {
  readonly marks: readonly {
    readonly percentile: Fraction;
    readonly text: string;
    /** With its unit, always. */
    readonly label: string;
    readonly x: number;
    readonly isCurrent: boolean;
  }[];
  readonly width: number;
  readonly hasAxis: boolean;
  readonly onChoose: (percentile: Fraction) => void;
}

/** p50, p95 and p99 are buttons too: one click each. */
function Marks({ marks, width, hasAxis, onChoose }: MarksProps) {
  // 12 px monospaced: 7.2 px a letter, and the button's padding.
  const places = spreadLabels(
    marks.map(({ x, text }) => ({ x: x + 2, width: text.length * 7.2 + 12 })),
    LABEL_GAP_PX,
    width,
  );
  return (
    <>
      {hasAxis &&
        marks.map(({ percentile, x }) => (
          <span key={percentile} className={styles.mark} style={{ left: x }} aria-hidden="true" />
        ))}
      {marks.map(({ percentile, text, label, isCurrent }, i) => (
        <button
          key={percentile}
          type="button"
          className={styles.label}
          style={{ left: places[i] }}
          aria-pressed={isCurrent}
          aria-label={label}
          onClick={() => onChoose(percentile)}
        >
          {text}
        </button>
      ))}
    </>
  );
}

interface BarsProps {
  readonly histogram: Histogram;
  readonly width: number;
  /** The bin that the total lies in. */
  readonly current: number;
}

/** Made again only where the total comes into another bin. */
const Bars = memo(function Bars({ histogram: { binMs, counts }, width, current }: BarsProps) {
  const most = Math.max(...counts);
  const step = width / counts.length;
  return (
    <div className={styles.bars} aria-hidden="true">
      {counts.map((count, i) => {
        const side = i < current ? 'below' : i === current ? 'at' : 'above';
        // A bin with a single request still shows: one px at least.
        const height = count === 0 ? '0' : `max(1px, ${(100 * count) / most}%)`;
        return (
          <span key={i * binMs} data-side={side} style={{ left: i * step, width: Math.max(1, step - 1), height }} />
        );
      })}
    </div>
  );
});

interface HandleProps {
  readonly x: number;
  readonly view: PathView;
  readonly moveTo: (x: number) => void;
  readonly setPercentile: (percentile: number) => void;
}

function Handle({ x, view, moveTo, setPercentile }: HandleProps) {
  const area = useRef<HTMLDivElement>(null);
  const { percentile } = view;
  const onPointer = (event: PointerEvent): void => {
    const isDown = event.type === 'pointerdown';
    if (isDown) area.current?.setPointerCapture(event.pointerId);
    if (isDown || area.current?.hasPointerCapture(event.pointerId)) {
      moveTo(event.clientX - (area.current?.getBoundingClientRect().left ?? 0));
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextPercentile(event, hopline.getState().percentile);
    if (next === null) return;
    event.preventDefault();
    setPercentile(next);
  };
  return (
    <div ref={area} className={styles.area} onPointerDown={onPointer} onPointerMove={onPointer}>
      <div className={styles.handle} style={{ left: x }}>
        {/* It has the keys and the semantics; its own track is straight in percent, so the pointer goes by the axis instead. */}
        <input
          type="range"
          className={styles.input}
          min={LOWEST * 100}
          max={HIGHEST * 100}
          step={0.1}
          value={Math.round(percentile * 1000) / 10}
          aria-label="Percentile"
          aria-valuetext={`${formatPercentile(percentile)}, ${totalText(view)} in total`}
          onChange={({ target }) => setPercentile(Math.round(Number(target.value) * 10) / 1000)}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  );
}

function nextPercentile({ key, shiftKey }: KeyboardEvent, percentile: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return stepped(percentile, 1, shiftKey);
    case 'ArrowLeft':
    case 'ArrowDown':
      return stepped(percentile, -1, shiftKey);
    case 'PageUp':
      return stepped(percentile, 1, true);
    case 'PageDown':
      return stepped(percentile, -1, true);
    case 'Home':
      return LOWEST;
    case 'End':
      return HIGHEST;
    default:
      return null;
  }
}
