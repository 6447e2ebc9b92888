import { changedFile } from '../../base/changedFile.ts';
import { textFromBytes } from '../../base/textFromBytes.ts';

/** The text of a file, or of its beginning, without a byte order mark. */
export async function textOf(file: Blob): Promise<string> {
  try {
    return textFromBytes(new Uint8Array(await file.arrayBuffer())).replace(/^\ufeff/, '');
  } catch (error) {
    throw changedFile(error);
  }
}
