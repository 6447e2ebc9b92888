/**
 * How browsers say that a part of the page which is loaded when it is needed did not come (Chromium and Firefox alike,
 * then Safari), and how Vite says it of such a part's styles.
 */
const NOT_LOADED = /dynamically imported module|^Importing a module script failed|^Unable to preload CSS/i;

/** What was open is still open, and a part that comes after all works: reloading, which closes it, is the last resort. */
export const NOT_LOADED_TEXT =
  'A part of Hopline could not be loaded: its server has ended, was replaced or cannot be reached. ' +
  'Start it again and try once more; if that does not help, reload the page and open the files again.';

/** Whether a part of Hopline is missing, which is no fault of a file nor of the code. */
export function isNotLoaded(error: unknown): boolean {
  return error instanceof Error && NOT_LOADED.test(error.message);
}

/** What was thrown, in words: anything may be. */
export function errorText(error: unknown): string {
  if (isNotLoaded(error)) return NOT_LOADED_TEXT;
  return error instanceof Error ? error.message : String(error);
}
