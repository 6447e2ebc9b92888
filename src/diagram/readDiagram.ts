import type { PathView, RequestPath } from '../analyse/model.ts';
import { InputError } from '../base/issues.ts';
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

/**
 * The path that an SVG of Hopline shows. Exporting it again gives the same bytes.
 * Throws InputError, one sentence, where the text holds no path, a damaged one, or one of a later version.
 */
export function readDiagram(svg: string): ReadDiagram {
  if (svg.length > MOST_CHARACTERS) throw new InputError('This SVG is larger than any diagram of Hopline.');
  const start = svg.lastIndexOf('<metadata');
  const open = svg.indexOf('>', start);
  const end = svg.indexOf('</metadata>', open);
  if (start < 0 || open < 0 || end < 0)
    throw new InputError('This SVG was not made by Hopline, or a tool has taken its metadata out.');
  const json = parse(decodeEntities(svg.slice(open + 1, end)));
  if (typeof json !== 'object' || json === null || !('hopline' in json))
    throw new InputError('The metadata of this SVG is not Hopline’s.');
  if (json.hopline !== 1) throw new InputError('This SVG was made by a later version of Hopline than this one.');
  const result = modelSchema.safeParse(json);
  if (!result.success) throw new InputError(`The path in this SVG is damaged at ${placeOf(result.error.issues[0])}.`);
  const model: Model = result.data;
  const contradiction = contradictionIn(model);
  if (contradiction !== null) throw new InputError(`The path in this SVG is damaged: ${contradiction}.`);
  const { path, view, options } = model;
  return { path: unpackPath(path), view: unpackView(typeof view === 'string' ? path.at[view] : view), options };
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
