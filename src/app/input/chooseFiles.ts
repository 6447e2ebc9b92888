import { hopline } from '../state/hoplineStore.ts';

export function chooseFiles(): void {
  pickFiles((files) => void hopline.getState().open(files));
}

/** The browser's file dialog; nothing happens where it is dismissed. */
export function pickFiles(take: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => {
    if (input.files !== null && input.files.length > 0) take([...input.files]);
  });
  input.click();
}
