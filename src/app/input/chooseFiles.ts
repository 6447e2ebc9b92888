import { hopline } from '../state/hoplineStore.ts';

/** The browser's file dialog; nothing happens where it is dismissed. */
export function chooseFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.addEventListener('change', () => {
    if (input.files !== null && input.files.length > 0) void hopline.getState().open([...input.files]);
  });
  input.click();
}
