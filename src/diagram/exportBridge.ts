import type { PathDiff } from '../analyse/diff/model.ts';
import type { Fraction } from '../base/units.ts';
import type { ThemeName } from '../config/theme.ts';
import { bridge } from '../layout/bridge.ts';
import { sceneSvg } from './sceneSvg.ts';

/** A path's bridge as a standalone SVG: no script, nothing from outside; the same comparison gives the same bytes. */
export function exportBridge(
  diff: PathDiff,
  percentile: Fraction,
  options: { readonly width: number; readonly theme: ThemeName },
): string {
  const scene = bridge(diff, percentile, options);
  return `${sceneSvg(scene, options.theme, JSON.stringify([scene, options.theme]))}\n`;
}
