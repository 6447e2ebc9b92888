import type { NamedText } from '../../protocol.ts';
import { textOf } from './textOf.ts';

/** As much of a file as tells what it is. */
const HEAD_BYTES = 4096;
/** Larger ones are not a person's config and not a diagram of ours: they are left to the trace decoders, which say what they are. */
const CONFIG_BYTES = 1024 * 1024;
const DIAGRAM_BYTES = 16 * 1024 * 1024;

export interface SortedFiles {
  readonly traces: readonly File[];
  readonly config: NamedText | null;
  readonly diagram: File | null;
}

/**
 * Sorts the files of one drop by their first bytes: an SVG, a config, and everything else, which the worker sniffs.
 * An SVG that comes with other files is left to the worker too, to be named as what it is.
 * Throws where two configs, or nothing but SVGs, leave open which one is meant.
 */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const kinds = await Promise.all(files.map(kindOf));
  const ofKind = (kind: Kind): File[] => files.filter((_, i) => kinds[i] === kind);
  const configs = ofKind('config');
  if (configs.length > 1) {
    throw new Error(
      `There are ${configs.length} configs, and only one can hold: ${configs.map(({ name }) => name).join(', ')}.`,
    );
  }
  const diagrams = ofKind('diagram');
  if (diagrams.length > 1 && diagrams.length === files.length) {
    throw new Error(`One diagram can be shown, and there are several: ${diagrams.map(({ name }) => name).join(', ')}.`);
  }
  const [diagram] = diagrams;
  const [config] = configs;
  const isDiagramAlone = diagram !== undefined && files.length === 1;
  return {
    traces: isDiagramAlone ? [] : files.filter((_, i) => kinds[i] !== 'config'),
    config: config === undefined ? null : { name: config.name, text: await textOf(config) },
    diagram: isDiagramAlone ? diagram : null,
  };
}

type Kind = 'traces' | 'config' | 'diagram';

async function kindOf(file: File): Promise<Kind> {
  // One that cannot be read is the worker's, which says so and reads the others.
  const head = await textOf(file.slice(0, HEAD_BYTES)).catch(() => null);
  if (head === null) return 'traces';
  if (file.size <= DIAGRAM_BYTES && isSvg(head)) return 'diagram';
  if (file.size <= CONFIG_BYTES && isConfig(head, file.name)) return 'config';
  return 'traces';
}

/** What stands before the root may be many things once an editor has saved the picture. */
export function isSvg(head: string): boolean {
  return /^\s*((<\?[^>]*>|<!--((?!-->)[\s\S])*-->|<!DOCTYPE\s+svg\b[^[>]*(\[[^\]]*\]\s*)?>)\s*)*<svg[\s>]/.test(head);
}

/**
 * A YAML mapping with `paths:` at its top. Where nothing tells, the ending `.yaml` does, so that a misspelt `path:`
 * gets its line and column instead of "unknown format".
 */
export function isConfig(head: string, name: string): boolean {
  if (head.includes('\0') || head.includes('\uFFFD')) return false;
  if (/^\s*\{/.test(head)) return /^\s*\{\s*["']?paths["']?\s*:/.test(head);
  if (/^\s*[[<]/.test(head)) return false;
  return /^["']?paths["']?\s*:/m.test(head) || /\.ya?ml$/i.test(name);
}
