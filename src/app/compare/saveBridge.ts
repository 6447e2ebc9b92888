import type { PathDiff } from '../../analyse/diff/model.ts';
import { formatPercentile } from '../../base/format.ts';
import type { Fraction } from '../../base/units.ts';
import { PERCENTILES } from '../../config/percentiles.ts';
import { WIDTH } from '../export/exportDiagram.ts';
import { saveFile } from '../export/saveFile.ts';
import { toFileName } from '../export/toFileName.ts';

/** Saves the bridge as `hopline diff -o` writes it, and says under which name. */
export async function saveBridge(diff: PathDiff, percentile: Fraction): Promise<string> {
  const { exportBridge } = await import('../../diagram/exportBridge.ts');
  const at = percentile === PERCENTILES.p50 ? '' : `-${formatPercentile(percentile)}`;
  const name = `${toFileName(diff.name)}${at}-bridge.svg`;
  return saveFile(name, exportBridge(diff, percentile, { width: WIDTH, theme: 'auto' }), 'image/svg+xml');
}
