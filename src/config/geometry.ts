/** Sizes of the picture, in px. Everything else in layout follows from these and from the width asked for. */
export const GEOMETRY = {
  /** Around the picture; the narrow one below `narrowBelow`. */
  margin: 40,
  narrowMargin: 24,
  narrowBelow: 1000,
  minWidth: 480,
  maxWidth: 8000,
  /** A hop's box. Below `wideFrom` its texts stand in four rows instead of three. */
  box: {
    minWidth: 150,
    wideFrom: 196,
    maxWidth: 300,
    wideHeight: 92,
    tallHeight: 110,
    /** Between one box and the next below it: room for three lines to pass. */
    gap: 28,
    radius: 8,
    padding: 16,
    narrowPadding: 12,
    /** Where a straight line enters and leaves, below the box's top. */
    portOffset: 46,
    closeHeight: 34,
  },
  /** Between two columns: where lines turn and pills stand. */
  channel: { least: 76, usual: 96, most: 180, trackPitch: 9, edge: 10, arrow: 14 },
  port: { plain: 9, beside: 15, labelled: 21, end: 10 },
  lane: { pitch: 8, first: 14 },
  heading: { height: 26, toBox: 18, above: 34 },
  pill: { height: 17, padding: 6, size: 10, clearance: 2 },
  strip: { labels: 96, narrowLabels: 72, bar: 18, pitch: 34 },
} as const;

/** JetBrains Mono and every other face of the stack advance by 0.6 em, so that nothing has to be measured. */
export const ADVANCE = 0.6;
export const FONT_FAMILY = '"JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace';
