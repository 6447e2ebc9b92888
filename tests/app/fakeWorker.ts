import { vi } from 'vitest';
import type { WorkerLike } from '../../src/app/worker/datasetWorker.ts';
import type { FromWorker, ToWorker } from '../../src/protocol.ts';

/** A worker that answers when the test says so. */
export class FakeWorker implements WorkerLike {
  readonly asked: ToWorker[] = [];
  isEnded = false;
  #message: (event: MessageEvent<FromWorker>) => void = () => undefined;
  #error: (event: ErrorEvent) => void = () => undefined;

  postMessage(message: ToWorker): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  addEventListener(type: 'message' | 'error', listener: (event: never) => void): void {
    if (type === 'message') this.#message = listener as (event: MessageEvent<FromWorker>) => void;
    else this.#error = listener as (event: ErrorEvent) => void;
  }
  answer(message: FromWorker): void {
    this.#message({ data: message } as MessageEvent<FromWorker>);
  }
  break(message: string): void {
    this.#error({ message } as ErrorEvent);
  }
}

/** Every `new Worker` of the test's file from now on, in the order of their starts. */
export function fakeWorkers(): FakeWorker[] {
  const started: FakeWorker[] = [];
  vi.stubGlobal(
    'Worker',
    class extends FakeWorker {
      constructor() {
        super();
        started.push(this);
      }
    },
  );
  return started;
}
