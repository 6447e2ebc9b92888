import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Unpacked } from '../decode/pool/packedFile.ts';
import type { Answer, Workers } from '../decode/pool/workers.ts';

/** Threads that run the built `decodeThread.ts`. One that cannot start ends, and the main thread does without it. */
export function decodeThreads(file: string): Workers {
  return {
    cores: availableParallelism(),
    start({ onAnswer, onEnd }) {
      const thread = new Worker(file);
      thread.on('message', (answer: Answer | Unpacked) => onAnswer(answer));
      thread.on('error', onEnd);
      thread.on('messageerror', onEnd);
      thread.on('exit', onEnd);
      return {
        send: (order, transfer) => thread.postMessage(order, transfer),
        end: () => void thread.terminate(),
      };
    },
  };
}
