import { assertNever } from '../../base/assert.ts';
import { NOT_LOADED_TEXT } from '../../base/errorText.ts';
import type { Fraction } from '../../base/units.ts';
import type { PathView } from '../../analyse/model.ts';
import type {
  Against,
  Comparison,
  Exported,
  ExportFormat,
  FoundTrace,
  FromWorker,
  OpenedDataset,
  Progress,
  Rules,
  ToWorker,
  TraceDetail,
  TraceOrder,
  TraceRow,
} from '../../protocol.ts';

/** What a Worker offers of itself here; a test hands in its own. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
}

/** The worker was ended on purpose: nobody waits for the answer any more, and nothing is to be said. */
export class EndedError extends Error {
  override readonly name = 'EndedError';
}

interface Pending {
  readonly resolve: (message: FromWorker) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress?: (progress: Progress) => void;
}

type Answer = Exclude<FromWorker['type'], 'progress' | 'failed'>;
/** A message without its number, for each member of the union. */
type Question = ToWorker extends infer T ? (T extends ToWorker ? Omit<T, 'request'> : never) : never;

/**
 * One worker, one dataset. Each question is a promise; a failure rejects with the worker's message.
 * `end` cancels whatever is running, at once, and frees the memory.
 */
export class DatasetWorker {
  readonly #worker: WorkerLike;
  readonly #pending = new Map<number, Pending>();
  #requests = 0;
  #isEnded = false;
  /** It has said something, so its script was loaded. */
  #hasStarted = false;

  constructor(worker: WorkerLike = startWorker()) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => this.#receive(data));
    worker.addEventListener('error', (event) => {
      this.#rejectAll(new Error(this.#whyBroken(event.message)));
    });
  }

  async open(files: readonly File[], rules: Rules, onProgress: (progress: Progress) => void): Promise<OpenedDataset> {
    return (await this.#ask('opened', { type: 'open', files, rules }, onProgress)).dataset;
  }

  async configure(rules: Rules): Promise<OpenedDataset> {
    return (await this.#ask('opened', { type: 'configure', rules })).dataset;
  }

  async view(path: number, percentile: Fraction): Promise<PathView> {
    return (await this.#ask('view', { type: 'view', path, percentile })).view;
  }

  async traces(path: number, order: TraceOrder, limit: number): Promise<readonly TraceRow[]> {
    return (await this.#ask('traces', { type: 'traces', path, order, limit })).traces;
  }

  async trace(trace: number): Promise<TraceDetail> {
    return (await this.#ask('trace', { type: 'trace', trace })).trace;
  }

  /** The traces whose id is this, or begins so; the first where they are many. */
  async find(id: string): Promise<readonly FoundTrace[]> {
    return (await this.#ask('found', { type: 'find', id })).traces;
  }

  /** A file of these traces. */
  async export(what: Exported, format: ExportFormat): Promise<Blob> {
    return (await this.#ask('exported', { type: 'export', what, format })).file;
  }

  async compare(against: Against, percentile: Fraction, onProgress: (progress: Progress) => void): Promise<Comparison> {
    return (await this.#ask('compared', { type: 'compare', against, percentile }, onProgress)).comparison;
  }

  async compareAt(id: number, percentile: Fraction): Promise<Comparison> {
    return (await this.#ask('compared', { type: 'compareAt', id, percentile })).comparison;
  }

  /** A comparison that is still being read rejects; of those that are there the shown one stays. */
  stopComparing(shown: number | null): void {
    this.#worker.postMessage({ type: 'stopComparing', request: ++this.#requests, shown }, []);
  }

  end(): void {
    this.#isEnded = true;
    this.#worker.terminate();
    this.#rejectAll(new EndedError());
  }

  /**
   * Nobody waits for its answers from now on; it ends after `delayMs`. Ending a worker that holds a dataset keeps a core
   * busy for some fifty milliseconds, which whoever draws the next dataset needs.
   */
  retire(delayMs: number): void {
    this.#rejectAll(new EndedError());
    setTimeout(() => this.end(), delayMs);
  }

  #ask<T extends Answer>(
    expected: T,
    question: Question,
    onProgress?: (progress: Progress) => void,
  ): Promise<Extract<FromWorker, { type: T }>> {
    if (this.#isEnded) return Promise.reject(new EndedError());
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#pending.set(request, {
        resolve: (message) => {
          if (isAnswer(message, expected)) resolve(message);
          else reject(new Error(`Hopline bug: asked for ${expected}, got ${message.type}`));
        },
        reject,
        ...(onProgress && { onProgress }),
      });
      this.#worker.postMessage({ ...question, request }, []);
    });
  }

  /** Chromium says nothing when a worker runs out of memory, nor where its script did not come. */
  #whyBroken(message: string): string {
    if (message) return `Reading stopped: ${message}.`;
    return this.#hasStarted
      ? 'Reading stopped, most likely for want of memory. Open fewer files at once.'
      : NOT_LOADED_TEXT;
  }

  #receive(message: FromWorker): void {
    this.#hasStarted = true;
    const pending = this.#pending.get(message.request);
    if (pending === undefined) return;
    switch (message.type) {
      case 'progress':
        pending.onProgress?.(message.progress);
        return;
      case 'failed':
        this.#pending.delete(message.request);
        pending.reject(new Error(message.message));
        return;
      case 'opened':
      case 'view':
      case 'traces':
      case 'trace':
      case 'compared':
      case 'found':
      case 'exported':
        this.#pending.delete(message.request);
        pending.resolve(message);
        return;
      default:
        assertNever(message);
    }
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

function isAnswer<T extends Answer>(message: FromWorker, expected: T): message is Extract<FromWorker, { type: T }> {
  return message.type === expected;
}

let spare: Worker | null = null;

/** Starts the worker of the next dataset while the page has nothing to do: reading its script takes a while. */
export function startAhead(): void {
  if (spare !== null) return;
  const worker = newWorker();
  // One that does not start is not waited for.
  worker.addEventListener('error', () => {
    if (spare === worker) spare = null;
  });
  spare = worker;
}

function startWorker(): WorkerLike {
  const worker = spare ?? newWorker();
  spare = null;
  return worker;
}

function newWorker(): Worker {
  return new Worker(new URL('../../worker.ts', import.meta.url), { type: 'module', name: 'hopline' });
}
