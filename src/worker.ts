import { analyse, type Analysis, type PathSet } from './analyse/analyse.ts';
import { diffPaths } from './analyse/diff/diffPaths.ts';
import { stretchesOf } from './analyse/diff/stretchesOf.ts';
import { unmatched } from './analyse/unmatched.ts';
import type { RequestPath } from './analyse/model.ts';
import { errorText, isNotLoaded } from './base/errorText.ts';
import { assertNever } from './base/assert.ts';
import { InputError, type Issue } from './base/issues.ts';
import { configPlaces, parseConfig } from './config/configFile.ts';
import { placed } from './config/configPlace.ts';
import { LIMITS } from './config/limits.ts';
import { NO_CONFIG, type HoplineConfig } from './config/hoplineConfig.ts';
import { withBudgets } from './config/withBudgets.ts';
import type { Unpacked } from './decode/pool/packedFile.ts';
import type { Answer, Workers } from './decode/pool/workers.ts';
import { load, pageSource, type Dataset } from './pipeline.ts';
import { findTraces } from './export/findTraces.ts';
import type {
  Against,
  Exported,
  ExportFormat,
  FromWorker,
  NamedText,
  OpenedDataset,
  Rules,
  ToWorker,
} from './protocol.ts';

/** More often than this nobody can read; a message costs the page a rendering. */
const PROGRESS_INTERVAL_MS = 80;
/** Bytes of an export that are written before other messages have their turn. */
const EXPORT_PART_BYTES = 16 << 20;

/** Where more ids begin so, more digits are typed. */
const FOUND_TRACES = 20;

const CORES = navigator.hardwareConcurrency;

/** Workers of this worker, for large files. Those that do not start are done without. */
const WORKERS: Workers = {
  cores: CORES,
  // Another process of the browser reads files: on two cores it has the second one.
  ...(CORES <= 2 && { sourceBytes: Infinity }),
  // In Chromium any look at a part of a file takes ten milliseconds while others are read.
  fileChunkBytes: 32 << 20,
  start({ onAnswer, onEnd }) {
    const worker = new Worker(new URL('./decodeWorker.ts', import.meta.url), {
      type: 'module',
      name: 'hopline decode',
    });
    worker.addEventListener('message', ({ data }: MessageEvent<Answer | Unpacked>) => onAnswer(data));
    worker.addEventListener('error', onEnd);
    worker.addEventListener('messageerror', onEnd);
    return { send: (order, transfer) => worker.postMessage(order, transfer), end: () => worker.terminate() };
  },
};

/** The one dataset of this worker (protocol.ts says why one). */
let open: { readonly dataset: Dataset; readonly analysis: Analysis; readonly config: HoplineConfig } | null = null;
/** What is compared, by the id of its comparison, until the page is done with it. */
const compared = new Map<number, Sides>();
/** Ends the reading of what comes after. */
let comparing = new AbortController();

interface Sides {
  readonly before: PathSet;
  readonly after: PathSet;
  readonly issues: readonly Issue[];
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  answer(data).catch((error: unknown) => send({ type: 'failed', request: data.request, message: toMessage(error) }));
});

async function answer(message: ToWorker): Promise<void> {
  const { type, request } = message;
  switch (type) {
    case 'open': {
      const config = toConfig(message.rules);
      const dataset = await read(request, message.files);
      open = { dataset, analysis: analyse(dataset.table, config, LIMITS.listedPaths), config };
      return send({ type: 'opened', request, dataset: toOpened(open, message.rules) });
    }
    case 'configure': {
      const { dataset } = held();
      const config = toConfig(message.rules);
      open = { dataset, analysis: analyse(dataset.table, config, LIMITS.listedPaths), config };
      return send({ type: 'opened', request, dataset: toOpened(open, message.rules) });
    }
    case 'view': {
      const { path, percentile } = message;
      return send({ type: 'view', request, path, view: held().analysis.view(path, percentile) });
    }
    case 'traces': {
      const { path, order, limit } = message;
      return send({ type: 'traces', request, path, traces: held().analysis.traceRows(path, order, limit) });
    }
    case 'trace':
      return send({ type: 'trace', request, trace: held().analysis.traceDetail(message.trace) });
    case 'find':
      return send({
        type: 'found',
        request,
        traces: findTraces(held().dataset.table, message.id).slice(0, FOUND_TRACES),
      });
    case 'export':
      return send({ type: 'exported', request, file: await exported(message.what, message.format) });
    case 'compare': {
      const { signal } = stopReadingSides();
      const sides = await sidesOf(request, message.against, signal);
      signal.throwIfAborted();
      compared.set(request, sides);
      return sendComparison(request, request, message.percentile);
    }
    case 'compareAt':
      return sendComparison(request, message.id, message.percentile);
    case 'stopComparing':
      stopReadingSides();
      for (const id of compared.keys()) if (id !== message.shown) compared.delete(id);
      return;
    default:
      return assertNever(type);
  }
}

/** In pieces that the browser may put on disk; the worker itself holds no more than one. */
async function exported(what: Exported, format: ExportFormat): Promise<Blob> {
  const { exportTraces } = await import('./export/exportTraces.ts');
  const { dataset, analysis } = held();
  const traces =
    what.type === 'dataset' ? undefined : what.type === 'path' ? analysis.traces(what.path).toSorted() : [what.trace];
  const parts: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (const piece of exportTraces(dataset.table, format, traces)) {
    pieces.push(piece);
    size += piece.length;
    if (size < EXPORT_PART_BYTES) continue;
    parts.push(new Blob(pieces));
    pieces = [];
    size = 0;
    await new Promise((resolve) => setTimeout(resolve));
  }
  return new Blob([...parts, ...pieces]);
}

async function sidesOf(request: number, against: Against, signal: AbortSignal): Promise<Sides> {
  const { analysis, config } = held();
  const leftOut = analysis.issues
    .filter(({ code }) => code === 'many-paths')
    .map((issue) => ({ ...issue, message: `Before: ${issue.message}` }));
  if (against.type === 'stretches') {
    return { ...stretchesOf(analysis, against.before, against.after, LIMITS.listedPaths), issues: leftOut };
  }
  const dataset = await read(request, against.files, signal);
  const after = analyse(dataset.table, config, LIMITS.listedPaths);
  if (after.paths.length === 0) throw new InputError('No trace in these files has a root that could be analysed.');
  const wrong = [...dataset.issues, ...after.issues]
    .filter(({ severity }) => severity !== 'info')
    .map((issue) => ({ ...issue, message: `After: ${issue.message}` }));
  return { before: analysis, after, issues: [...wrong, ...leftOut] };
}

function sendComparison(request: number, id: number, percentile: number): void {
  const sides = compared.get(id);
  if (sides === undefined) throw new Error('nothing is compared');
  const diff = diffPaths(sides.before, sides.after, percentile);
  send({ type: 'compared', request, comparison: { id, diff, issues: sides.issues } });
}

/** Those that are there stay. Returns what may end the next reading. */
function stopReadingSides(): AbortController {
  comparing.abort();
  comparing = new AbortController();
  return comparing;
}

async function read(request: number, files: readonly File[], signal?: AbortSignal): Promise<Dataset> {
  const bytesTotal = files.reduce((sum, file) => sum + file.size, 0);
  let last = { bytesRead: 0, spans: 0, source: files[0]?.name ?? '' };
  let sentAt = 0;
  // The page knows by it that this worker has started, whatever becomes of the files.
  send({ type: 'progress', request, progress: { ...last, bytesTotal, stage: 'reading' } });
  const dataset = await load(files.map(pageSource), {
    workers: WORKERS,
    ...(signal && { signal }),
    onProgress: (progress) => {
      last = progress;
      const now = performance.now();
      if (now - sentAt < PROGRESS_INTERVAL_MS) return;
      sentAt = now;
      send({ type: 'progress', request, progress: { ...progress, bytesTotal, stage: 'reading' } });
    },
  });
  const spans = dataset.table.spanCount;
  send({
    type: 'progress',
    request,
    progress: { ...last, bytesRead: bytesTotal, spans, bytesTotal, stage: 'analysing' },
  });
  return dataset;
}

function toConfig({ config, edits }: Rules): HoplineConfig {
  const { name, text } = config ?? { name: 'hopline.yaml', text: null };
  if (edits.length === 0) return text === null ? NO_CONFIG : parseConfig(text, name);
  return parseConfig(withBudgets(text, name, edits), name);
}

function toOpened({ dataset, analysis, config }: NonNullable<typeof open>, rules: Rules): OpenedDataset {
  const { summary, paths } = analysis;
  return {
    sources: dataset.sources,
    summary,
    paths,
    issues: [...dataset.issues, ...analysis.issues],
    unmatched: rules.config === null ? [] : unmatchedIn(rules.config, rules.edits.length === 0 ? config : null, paths),
    theme: config.theme ?? 'auto',
  };
}

/** Of the config alone (`parsed`, where it is): what was set on the page for other datasets waits for them. */
function unmatchedIn({ name, text }: NamedText, parsed: HoplineConfig | null, paths: readonly RequestPath[]): string[] {
  const found = unmatched(parsed ?? parseConfig(text, name), paths);
  if (found.length === 0) return [];
  const places = configPlaces(text);
  return found.map(({ source, message }) => placed(name, places(source), message));
}

function held(): NonNullable<typeof open> {
  if (open === null) throw new Error('nothing is open yet');
  return open;
}

function toMessage(error: unknown): string {
  if (error instanceof InputError || isNotLoaded(error)) return errorText(error);
  const text = errorText(error);
  if (error instanceof RangeError)
    return `This does not fit into the memory of a browser tab (${text}). Open fewer files at once.`;
  return `Hopline failed here, and that is its own fault: ${text}`;
}

function send(message: FromWorker): void {
  postMessage(message);
}
