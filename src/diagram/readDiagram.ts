import type { PathView, RequestPath } from '../analyse/model.ts';
import { InputError } from '../base/issues.ts';
import { fold } from '../layout/fold.ts';
import type { ExportOptions } from './exportSvg.ts';
import { contradictionIn, unpackPath, unpackView, type Model } from './model.ts';
import { modelSchema } from './modelSchema.ts';

export interface ReadDiagram {
  readonly path: RequestPath;
  readonly view: PathView;
  readonly options: ExportOptions;
}

/** Characters of one picture; far above what Hopline writes, far below what a page cannot hold. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
/** Only a path is written into its picture. */
const NO_PATH =
  'This SVG holds no path: it is the bridge of a comparison, was not made by Hopline, or a tool has taken its metadata out.';
/** Boxes and lines; drawing these takes seconds, and folding keeps what traces hold far below. */
const MOST_PARTS = 2_000;

/**
 * The path that an SVG of Hopline shows. Exporting it again gives the same bytes.
 * Throws InputError, one sentence, where the text holds no path, a damaged one, one of a later version, or one so large
 * that drawing it would hold up the page.
 */
export function readDiagram(svg: string): ReadDiagram {
  if (svg.length > MOST_CHARACTERS) throw new InputError('This SVG is larger than any diagram of Hopline.');
  const start = svg.lastIndexOf('<metadata');
  const open = svg.indexOf('>', start);
  const end = svg.indexOf('</metadata>', open);
  if (start < 0 || open < 0 || end < 0) throw new InputError(NO_PATH);
  const json = parse(decodeEntities(svg.slice(open + 1, end)));
  if (typeof json !== 'object' || json === null || !('hopline' in json))
    throw new InputError('The metadata of this SVG is not Hopline’s.');
  if (json.hopline !== 1) throw new InputError('This SVG was made by a later version of Hopline than this one.');
  const result = modelSchema.safeParse(json);
  if (!result.success) throw new InputError(`The path in this SVG is damaged at ${placeOf(result.error.issues[0])}.`);
  const model: Model = result.data;
  const contradiction = contradictionIn(model);
  if (contradiction !== null) throw new InputError(`The path in this SVG is damaged: ${contradiction}.`);
  const { options } = model;
  const path = unpackPath(model.path);
  const view = unpackView(typeof model.view === 'string' ? model.path.at[model.view] : model.view);
  const { boxes, lines } = fold(path, view, options.openLayers);
  if (boxes.length + lines.length > MOST_PARTS)
    throw new InputError('The path in this SVG has more hops and boundaries than can be drawn at once.');
  return { path, view, options };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('The metadata of this SVG is not Hopline’s, or the file is damaged.');
  }
}

/** Hopline writes none, but an editor that saved the file may have. */
function decodeEntities(text: string): string {
  return text
    .replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, '')
    .replace(/&(quot|apos|lt|gt|amp|#39|#34);/g, (_, entity: string) => ENTITIES[entity]);
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  '#34': '"',
  apos: "'",
  '#39': "'",
  lt: '<',
  gt: '>',
  amp: '&',
};

function placeOf(issue: { readonly path: readonly PropertyKey[] } | undefined): string {
  const place = issue?.path.map(String).join('.') ?? '';
  return place === '' ? 'its root' : place;
}
