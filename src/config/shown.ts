/** How much of a list is worked out and shown. */
export const OPERATIONS_SHOWN = 12;
/** Spans of one trace in its waterfall. */
export const SPANS_SHOWN = 5_000;
/** Events of one of them: their attributes go to the page with them. */
export const EVENTS_SHOWN = 1_000;
/** The distribution of totals has at most this many bins, and at least three quarters of them. */
export const HISTOGRAM_BINS = 100;
/** An exemplar is chosen among so many traces with the nearest totals (design: analysis, section 8). */
export const EXEMPLAR_CANDIDATES = 64;
/** Stretches of path time in an exemplar: with more of them several would share a pixel. */
export const SEGMENTS_SHOWN = 1_000;
