import { BlobReader } from './bytes/blobReader.ts';
import { changedFile } from '../base/changedFile.ts';
import type { Source } from './source.ts';

/** Numbers files, by which a worker knows one again (`FilePlace`). */
let count = 0;

/** A file that was dropped on the page or chosen there. One of a folder is named with its way in the folder. */
export function pageSource(file: File): Source {
  const name = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
  const place = { file, id: count++ };
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    try {
      return new Uint8Array(await file.slice(start, end).arrayBuffer());
    } catch (error) {
      throw changedFile(error);
    }
  };
  async function* pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    const reader = new BlobReader();
    try {
      yield* reader.pieces(file, start, end, place.id);
    } catch (error) {
      throw changedFile(error);
    } finally {
      reader.close();
    }
  }
  return { name, size: file.size, file: { place, read, pieces }, stream: () => streamOf(file) };
}

/** The file's own stream, which says of a file that was changed no more than “network error”. */
function streamOf(file: File): ReadableStream<Uint8Array> {
  const reader = file.stream().getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          throw changedFile(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
