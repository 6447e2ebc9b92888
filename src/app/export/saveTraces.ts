import type { Exported, ExportFormat, TraceDetail } from '../../protocol.ts';
import type { OpenedTraces } from '../state/opened.ts';
import { hopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';
import { saveFile } from './saveFile.ts';
import { toFileName } from './toFileName.ts';

export const EXPORT_FORMATS: readonly {
  readonly format: ExportFormat;
  readonly name: string;
  readonly ending: string;
  readonly type: string;
}[] = [
  { format: 'otlp-json', name: 'OTLP JSON', ending: 'otlp.jsonl', type: 'application/x-ndjson' },
  { format: 'otlp-proto', name: 'OTLP protobuf', ending: 'otlp.binpb', type: 'application/x-protobuf' },
];

/** The traces of the path that is shown, all of them, or one. */
export type SavedPart = 'path' | 'dataset' | Pick<TraceDetail, 'trace' | 'traceId'>;

/** Saves traces as OTLP, so that they open elsewhere, and says under which name. */
export async function saveTraces(part: SavedPart, format: ExportFormat): Promise<string> {
  const { opened } = hopline.getState();
  if (opened?.type !== 'traces') throw new Error('There are no traces here to save.');
  const { what, name } = partOf(opened, part);
  const file = await opened.worker.export(what, format);
  const { ending = '', type = '' } = EXPORT_FORMATS.find((known) => known.format === format) ?? {};
  return saveFile(`${name}.${ending}`, file, type);
}

function partOf(opened: OpenedTraces, part: SavedPart): { readonly what: Exported; readonly name: string } {
  if (part === 'dataset') return { what: { type: 'dataset' }, name: toFileName(opened.label.replace(/\..*$/, '')) };
  if (part !== 'path') return { what: { type: 'trace', trace: part.trace }, name: `trace-${part.traceId}` };
  const path = currentPath(hopline.getState());
  if (path === null) throw new Error('There is no path yet.');
  return { what: { type: 'path', path: opened.paths.indexOf(path) }, name: toFileName(path.name) };
}
