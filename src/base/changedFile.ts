/**
 * What a browser says of a file that it cannot read any more (“network error”, “NotReadableError”) as what has happened:
 * it looks at the file again whenever it is read, and gives it up where it is another one. Want of memory stays that.
 */
export function changedFile(error: unknown): unknown {
  if (error instanceof RangeError) return error;
  const message = 'the file has been changed, moved or deleted meanwhile; open it again';
  return new Error(message, { cause: error });
}
