/** Line and column, from 1. */
export interface ConfigPlace {
  readonly line: number;
  readonly column: number;
}

/** `hopline.yaml:3:5: no hop "go.gatway" on GET /catalog/:id; did you mean "go.gateway"?` */
export function placed(name: string, { line, column }: ConfigPlace, message: string): string {
  return `${name}:${line}:${column}: ${message}`;
}
