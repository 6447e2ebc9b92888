import type { PackedFile, Unpacked, Unpacking } from './packedFile.ts';
import type { PoolWorker, Workers } from './workers.ts';

/** A worker that unpacks one file. */
export class UnpackingWorker implements Unpacking {
  readonly #worker: PoolWorker;
  readonly #found: Unpacked[] = [];
  #isLost = false;
  #wake: () => void = () => {};

  constructor(workers: Workers, file: PackedFile) {
    this.#worker = workers.start({
      onAnswer: (answer) => {
        if ('content' in answer) this.#found.push(answer);
        this.#wake();
      },
      onEnd: () => this.#lose(),
    });
    this.#worker.send(file, []);
  }

  async next(): Promise<Unpacked | null> {
    while (this.#found.length === 0 && !this.#isLost) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#found.shift() ?? null;
  }

  giveBack({ content: { buffer } }: Unpacked): void {
    this.#worker.send({ emptied: buffer }, [buffer]);
  }

  end(): void {
    this.#worker.end();
    this.#lose();
  }

  #lose(): void {
    this.#isLost = true;
    this.#wake();
  }
}
