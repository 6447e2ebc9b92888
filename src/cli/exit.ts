/**
 * 0 done; 1 what was asked does not hold (a bound is exceeded, a diagram has drifted); 2 bad usage or input; 3 too
 * little data to tell, where telling was asked for; 70 a bug of ours (EX_SOFTWARE).
 */
export const EXIT = { done: 0, failed: 1, badInput: 2, insufficient: 3, bug: 70 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a command that did its work says that what it found is not well. */
export type Finish = (code: ExitCode) => void;
