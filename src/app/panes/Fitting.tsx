import { useMemo, type ReactNode } from 'react';
import type { RequestPath } from '../../analyse/model.ts';
import type { Layer } from '../../config/layers.ts';
import { layout } from '../../layout/layout.ts';
import type { Scene } from '../../layout/scene.ts';
import { beginFit, continueFit, type Fit, type Pane } from './fittingWidth.ts';

/** Nearly always so many layouts are enough to find the width. */
const STEPS = 3;

interface Asked {
  readonly path: RequestPath;
  readonly openLayers: readonly Layer[];
  /** In px. */
  readonly paneWidth: number;
  readonly paneHeight: number;
  /** `scene` is the p50's at this width, where there is one already. */
  readonly children: (width: number, scene: Scene | null) => ReactNode;
}

/**
 * Finds the width at which a path's diagram fits its pane (fittingWidth.ts), by the p50, so that the picture keeps its
 * size while the percentile moves. A layout of many hops takes long: every step is a component of its own, between two
 * of which React lets others have the thread. There are as many of them whatever is found, so that what is in them stays.
 */
export function Fitting({ paneWidth, paneHeight, ...asked }: Asked) {
  const pane = useMemo(() => ({ width: paneWidth, height: paneHeight }), [paneWidth, paneHeight]);
  const begun = useMemo(() => beginFit(pane), [pane]);
  return <FittingStep {...asked} pane={pane} fit={begun} left={STEPS} />;
}

interface Step extends Pick<Asked, 'path' | 'openLayers' | 'children'> {
  readonly pane: Pane;
  readonly fit: Fit;
  readonly left: number;
}

function FittingStep({ path, openLayers, pane, fit, left, children }: Step) {
  const next = useMemo(() => {
    let found = fit;
    for (let tries = left > 0 ? 1 : Infinity; tries > 0 && !found.isFound; tries--)
      found = continueFit(found, layout(path, path.at.p50, { width: found.width, openLayers }), pane);
    return found;
  }, [path, openLayers, pane, fit, left]);
  if (left === 0) return children(next.width, next.scene);
  return (
    <FittingStep path={path} openLayers={openLayers} pane={pane} fit={next} left={left - 1}>
      {children}
    </FittingStep>
  );
}
