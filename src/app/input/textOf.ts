import { changedFile } from '../../base/changedFile.ts';

/** The text of a file, or of a part of it. */
export async function textOf(file: Blob): Promise<string> {
  try {
    return await file.text();
  } catch (error) {
    throw changedFile(error);
  }
}
