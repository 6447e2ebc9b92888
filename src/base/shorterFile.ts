/** A part of a file is read, and there is less of it than there was: somebody has written to it. */
export function shorterFile(): Error {
  return new Error('the file became shorter while it was read');
}
