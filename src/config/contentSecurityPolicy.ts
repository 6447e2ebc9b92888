/**
 * What the page may do: run its own code, talk to the place it came from, and nothing else. The server sends it as a
 * header, the build writes it into index.html, so that the page keeps its word on any static host.
 * `wasm-unsafe-eval` lets a page compile WebAssembly of its own; it does not allow `eval`.
 * Styles may be inline, because an element's `style` is how a drag moves things; scripts may not.
 */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
] as const;

/** For `<meta http-equiv>`. */
export const PAGE_POLICY = DIRECTIVES.join('; ');

/** For the header: a `<meta>` cannot say who may frame the page. */
export const HEADER_POLICY = [...DIRECTIVES, "frame-ancestors 'none'"].join('; ');
