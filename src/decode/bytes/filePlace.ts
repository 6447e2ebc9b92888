/** Where in the page a source's bytes are: `SourceFile.place`. A message makes another File of it; the number stays. */
export interface FilePlace {
  readonly file: Blob;
  readonly id: number;
}

export function isFilePlace(place: unknown): place is FilePlace {
  return typeof place === 'object' && place !== null && 'file' in place && place.file instanceof Blob && 'id' in place;
}
