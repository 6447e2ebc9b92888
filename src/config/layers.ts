/** The columns of a diagram, in the order in which a request passes them. */
export const LAYERS = ['client', 'edge', 'gateway', 'service', 'data'] as const;
export type Layer = (typeof LAYERS)[number];
