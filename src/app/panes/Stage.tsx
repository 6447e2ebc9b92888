import { memo, useMemo } from 'react';
import { assertNever } from '../../base/assert.ts';
import type { Layer } from '../../config/layers.ts';
import { Diagram } from '../../diagram/Diagram.tsx';
import { layout } from '../../layout/layout.ts';
import type { Part, Scene } from '../../layout/scene.ts';
import { chooseFiles } from '../input/chooseFiles.ts';
import { useSize } from '../parts/useSize.ts';
import { Fitting } from './Fitting.tsx';
import { PercentileControl } from '../percentile/PercentileControl.tsx';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { currentPath, currentView, selectedPart, type SelectedPart } from '../state/selectors.ts';
import { useShown, type Shown } from '../state/useShown.ts';
import styles from './Stage.module.css';

/** The middle: the diagram of the chosen path, and the percentile below it. */
export function Stage() {
  const shown = useShown();
  const path = useHopline(currentPath);
  const isWaiting = useHopline(({ opening, isStarting }) => opening !== null || isStarting);
  return (
    <main className={styles.stage} tabIndex={-1} aria-busy={path !== (shown?.path ?? null) || undefined}>
      {shown !== null ? (
        <>
          <Picture {...shown} />
          <PercentileControl {...shown} />
        </>
      ) : (
        !isWaiting && path === null && <Invitation />
      )}
    </main>
  );
}

const Picture = memo(function Picture({ path, view }: Shown) {
  const [box, { width, height }] = useSize();
  const openLayers = useHopline(({ openLayers }) => openLayers);
  return (
    <div ref={box} className={styles.scroll}>
      <div className={styles.picture}>
        {width > 0 && (
          <Fitting path={path} openLayers={openLayers} paneWidth={width} paneHeight={height}>
            {(layoutWidth, p50) => (
              <LaidOut
                path={path}
                view={view}
                openLayers={openLayers}
                width={layoutWidth}
                scene={view === path.at.p50 ? p50 : null}
              />
            )}
          </Fitting>
        )}
      </div>
    </div>
  );
});

interface Laying extends Shown {
  readonly openLayers: readonly Layer[];
  readonly width: number;
  /** Where it is laid out already. */
  readonly scene: Scene | null;
}

function LaidOut({ path, view, openLayers, width, scene: known }: Laying) {
  const selection = useHopline(({ selection }) => selection);
  const scene = useMemo(
    () => known ?? layout(path, view, { width, openLayers }),
    [path, view, width, openLayers, known],
  );
  const selected = useMemo(
    () => (selection === 'auto' ? null : toPart(selectedPart(path, view, selection))),
    [path, view, selection],
  );

  return <Diagram idPrefix="diagram" scene={scene} selected={selected} onSelect={onSelect} onHover={onHover} />;
}

/** Always the same functions: what they do follows from what is shown when they are called. */
function onSelect(part: Part): void {
  const state = hopline.getState();
  switch (part.type) {
    case 'hop':
    case 'boundary':
      return state.select(part);
    case 'fold':
      state.toggleLayer(part.layer);
      return void requestAnimationFrame(showFocus);
    case 'exemplar':
      return state.showTrace(currentView(state)?.exemplar?.trace ?? null);
    default:
      return assertNever(part);
  }
}

function onHover(part: Part | null): void {
  hopline.getState().peekAt(part?.type === 'hop' || part?.type === 'boundary' ? part : null);
}

/** An opened fold is the box that closes it, below what was in it: whoever opened it by key is there, and sees so. */
function showFocus(): void {
  const focused = document.activeElement;
  if (focused?.closest('svg.hopline') && focused.matches(':focus-visible'))
    focused.scrollIntoView({ block: 'nearest' });
}

function toPart(part: SelectedPart | null): Part | null {
  if (part === null) return null;
  if (part.type === 'hop') return { type: 'hop', id: part.hop.id };
  return { type: 'boundary', from: part.boundary.from, to: part.boundary.to };
}

function Invitation() {
  return (
    <div className={styles.invitation}>
      <h2>Drop traces here</h2>
      <p>
        OTLP, Jaeger, Zipkin or an SDK’s console output; plain, compressed or in an archive; files or folders. Read in
        your browser; nothing is sent anywhere.
      </p>
      <button type="button" className={styles.open} onClick={chooseFiles}>
        Open…
      </button>
    </div>
  );
}
