/** A ref: the element takes the focus when it appears, and a dialog that opens around it leaves the focus there. */
export function focusOn(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
  element?.focus();
}
