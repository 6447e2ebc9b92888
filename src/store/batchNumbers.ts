/** The dataset's number of each of a batch's numbers. */
export interface ListNumbers {
  readonly strings: Uint32Array;
  readonly shapes: Uint32Array;
  /** Added to offsets into the values. */
  readonly firstValue: number;
}

export interface BatchNumbers extends ListNumbers {
  readonly resources: Uint32Array;
  readonly scopes: Uint32Array;
}
