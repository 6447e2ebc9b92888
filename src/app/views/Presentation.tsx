import { X } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Hop, PathView, RequestPath } from '../../analyse/model.ts';
import { PERCENTILES } from '../../config/percentiles.ts';
import { Diagram } from '../../diagram/Diagram.tsx';
import { layout } from '../../layout/layout.ts';
import type { Part, Scene } from '../../layout/scene.ts';
import { shownName } from '../../layout/text.ts';
import { NoticeBar } from '../parts/NoticeBar.tsx';
import { useSize } from '../parts/useSize.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { currentPath, currentView } from '../state/selectors.ts';
import { captionOf } from './captionOf.ts';
import styles from './Presentation.module.css';

/** The figure's own width: a beamer scales it. And that for a screen that is higher than wide. */
const WIDTH = 1280;
const UPRIGHT_WIDTH = 720;

/** The diagram alone on the whole screen; the arrow keys walk along the request, hop by hop. */
export function Presentation() {
  const isPresenting = useHopline(({ isPresenting }) => isPresenting);
  const path = useHopline(currentPath);
  const view = useHopline(currentView);
  if (!isPresenting || path === null || view === null) return null;
  return <Slides path={path} view={view} />;
}

/** Step 0 is the whole, step i the i-th hop that the request waits for. */
function Slides({ path, view }: { readonly path: RequestPath; readonly view: PathView }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [step, setStep] = useState(0);
  const openLayers = useHopline(({ openLayers }) => openLayers);
  const [box, size] = useSize();
  const width = size.height > size.width ? UPRIGHT_WIDTH : WIDTH;
  const scene = useMemo(() => layout(path, view, { width, openLayers }), [path, view, width, openLayers]);
  const hops = useMemo(() => path.hops.flatMap(({ id, isAsync }, index) => (isAsync ? [] : [{ id, index }])), [path]);
  const hop = hops[step - 1];
  const selected = useMemo(() => (hop === undefined ? null : boxOf(path.hops[hop.index], scene)), [hop, path, scene]);

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.focus();
    return () => element?.close();
  }, []);
  useEndOfFullScreen();
  useKeys((key) => {
    const last = hops.length;
    const next = {
      ArrowRight: step + 1,
      PageDown: step + 1,
      ' ': step + 1,
      ArrowLeft: step - 1,
      PageUp: step - 1,
      Home: 0,
      End: last,
    }[key];
    const percentile = { '1': PERCENTILES.p50, '2': PERCENTILES.p95, '3': PERCENTILES.p99 }[key];
    if (next !== undefined) setStep(Math.max(0, Math.min(last, next)));
    if (percentile !== undefined) hopline.getState().setPercentile(percentile);
    return next !== undefined || percentile !== undefined;
  });

  // The same function at every step, so that a hop that looks the same is not drawn again.
  const onSelect = useCallback(
    (part: Part): void => {
      if (part.type === 'hop') setStep(hops.findIndex(({ id }) => id === part.id) + 1);
      if (part.type === 'fold') hopline.getState().toggleLayer(part.layer);
    },
    [hops],
  );

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={styles.dialog}
      aria-label={`Presentation of ${shownName(path.name)}`}
      onClose={end}
    >
      <NoticeBar isInDialog />
      <div ref={box} className={styles.picture} data-is-stepping={hop !== undefined || undefined}>
        <Diagram idPrefix="presentation" scene={scene} selected={selected} onSelect={onSelect} />
      </div>
      <footer className={styles.footer}>
        <output className={styles.caption}>{captionOf(path, view, hop?.index ?? null)}</output>
        <span className={styles.steps}>
          ← → {step} / {hops.length}
        </span>
        <button type="button" className={styles.end} aria-label="End the presentation" title="End (Esc)" onClick={end}>
          <X size={18} aria-hidden="true" />
        </button>
      </footer>
    </dialog>
  );
}

/** What shows a hop: its own box, or the one that it is folded into. */
function boxOf({ id, layer }: Hop, { groups }: Scene): Part {
  const isDrawn = groups.some(({ part, label }) => part?.type === 'hop' && part.id === id && label !== null);
  return isDrawn ? { type: 'hop', id } : { type: 'fold', layer, isOpen: false };
}

function end(): void {
  hopline.getState().present(false);
}

/** Leaving full screen by the browser's own key ends the presentation, and ending it leaves full screen. */
function useEndOfFullScreen(): void {
  useEffect(() => {
    const onChange = (): void => {
      if (document.fullscreenElement === null) end();
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, []);
}

/** `onKey` says whether the key was for it. A button that has the focus keeps its own keys. */
function useKeys(onKey: (key: string) => boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.key === ' ' && event.target instanceof HTMLButtonElement) return;
      if (onKey(event.key)) event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
}
