const ID = '{id}';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DECIMAL_DIGITS = /^\p{Nd}+$/u;

/**
 * A path with its ids taken out, so that requests for different things are one path (design: analysis, section 5).
 *
 *     /orders/4711/items?page=2   →   /orders/{id}/items
 */
export function templatedPath(path: string): string {
  const cut = path.search(/[?#]/);
  const segments = (cut < 0 ? path : path.slice(0, cut)).split('/');
  return segments.map((segment) => (looksLikeId(segment) ? ID : segment)).join('/');
}

/**
 * All digits; a UUID; 16 or more hex digits; 8 or more capitals and digits with at least one of each; 20 or more
 * letters, digits, `_`, `-` with at least one digit, one capital and one small letter.
 */
function looksLikeId(segment: string): boolean {
  let digits = 0;
  let capitals = 0;
  let smalls = 0;
  let hex = 0;
  let dashes = 0;
  for (let i = 0; i < segment.length; i++) {
    const code = segment.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
    else if (code >= 65 && code <= 90) capitals++;
    else if (code >= 97 && code <= 122) smalls++;
    else if (code === 45 || code === 95) dashes++;
    else return DECIMAL_DIGITS.test(segment);
    // 0–9, A–F and a–f: bit 5 makes capitals small.
    if (code <= 57 ? code >= 48 : (code | 32) >= 97 && (code | 32) <= 102) hex++;
  }
  const length = segment.length;
  if (length === 0) return false;
  if (digits === length) return true;
  if (length >= 16 && hex === length) return true;
  if (length >= 8 && digits + capitals === length && digits > 0 && capitals > 0) return true;
  if (length >= 20 && digits > 0 && capitals > 0 && smalls > 0) return true;
  return length === 36 && dashes === 4 && UUID.test(segment);
}
