import type { PathView, RequestPath } from '../analyse/model.ts';
import { GEOMETRY } from '../config/geometry.ts';
import { LAYERS, type Layer } from '../config/layers.ts';
import { PERCENTILE_KEYS } from '../config/percentiles.ts';
import type { ThemeName } from '../config/theme.ts';
import { layout } from '../layout/layout.ts';
import { packPath, packView, unpackPath, unpackView, type Model } from './model.ts';
import { sceneSvg } from './sceneSvg.ts';

export interface ExportOptions {
  /** px; outside 480 to 8000 it is brought to the nearest. */
  readonly width: number;
  readonly theme: ThemeName;
  readonly openLayers: readonly Layer[];
}

/**
 * A standalone SVG: no script, nothing from outside, real text, and in `<metadata>` the path that it shows, so that it
 * opens again (readDiagram). The same path gives the same bytes, on every machine, and so does what was read back: the
 * picture is drawn from the rounded numbers that the file holds.
 */
export function exportSvg(path: RequestPath, view: PathView, options: ExportOptions): string {
  const packedPath = rounded(packPath(path));
  const packedView = rounded(packView(view));
  const shown = JSON.stringify(packedView);
  const model: Model = {
    hopline: 1,
    options: {
      width: Math.min(Math.max(Math.round(options.width), GEOMETRY.minWidth), GEOMETRY.maxWidth),
      theme: options.theme,
      openLayers: LAYERS.filter((layer) => options.openLayers.includes(layer)),
    },
    path: packedPath,
    view: PERCENTILE_KEYS.find((key) => JSON.stringify(packedPath.at[key]) === shown) ?? packedView,
  };
  const json = markupFreeJson(model);
  const scene = layout(unpackPath(packedPath), unpackView(packedView), model.options);
  const svg = sceneSvg(scene, options.theme, json);
  return `${svg.slice(0, -'</svg>'.length)}<metadata>${json}</metadata></svg>\n`;
}

/** Nine digits, integers whole: milliseconds stay exact to 1e-9 of their size, and the file stays small. */
function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'number' && !Number.isInteger(item) ? Number(item.toPrecision(9)) : item,
    ),
  );
}

/** JSON that is plain text in XML and HTML alike: what could be markup, or is forbidden or invisible, is escaped. */
function markupFreeJson(model: Model): string {
  return JSON.stringify(model).replace(
    /[<>&\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
