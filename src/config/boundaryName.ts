/** A boundary's two sides, each a hop's id or a pattern of ids. */
export interface BoundaryName {
  readonly from: string;
  readonly to: string;
}

/** Something on both sides of an arrow of either kind. */
export const BOUNDARY = /\S\s*(?:→|->)\s*\S/;

/** `cf.workers → go.gateway`, `cf.workers -> go.gateway`; null where there is no arrow between two names. */
export function parseBoundary(text: string): BoundaryName | null {
  const arrow = /→|->/.exec(text);
  if (arrow === null) return null;
  const from = text.slice(0, arrow.index).trim();
  const to = text.slice(arrow.index + arrow[0].length).trim();
  return from === '' || to === '' ? null : { from, to };
}

export function boundaryName({ from, to }: BoundaryName): string {
  return `${from} → ${to}`;
}
