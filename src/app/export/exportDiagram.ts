import { PERCENTILES } from '../../config/percentiles.ts';
import type { ThemeName } from '../../config/theme.ts';
import { formatPercentile } from '../../base/format.ts';
import { hopline } from '../state/hoplineStore.ts';
import { currentPath, currentView } from '../state/selectors.ts';
import { saveFile } from './saveFile.ts';
import { toFileName } from './toFileName.ts';

/** The command line's default too: the same bytes, whatever the width of the pane. */
export const WIDTH = 1280;

/** Saves the diagram that is shown, and says under which name. */
export async function saveDiagram(theme: ThemeName): Promise<string> {
  const { svg, name } = await drawDiagram(theme);
  return saveFile(name, svg, 'image/svg+xml');
}

export async function copyDiagram(): Promise<string> {
  const { svg } = await drawDiagram('auto');
  await navigator.clipboard.writeText(svg);
  return 'Copied the SVG.';
}

async function drawDiagram(theme: ThemeName): Promise<{ readonly svg: string; readonly name: string }> {
  const state = hopline.getState();
  const path = currentPath(state);
  const view = currentView(state);
  if (path === null || view === null) throw new Error('There is no diagram yet.');
  const { exportSvg } = await import('../../diagram/exportSvg.ts');
  const svg = exportSvg(path, view, { width: WIDTH, theme, openLayers: state.openLayers });
  const percentile = view.percentile === PERCENTILES.p50 ? '' : `-${formatPercentile(view.percentile)}`;
  return { svg, name: `${toFileName(path.name)}${percentile}.svg` };
}
