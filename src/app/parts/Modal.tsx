import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { NoticeBar } from './NoticeBar.tsx';
import styles from './Modal.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** The browser's own dialog: it keeps the focus inside, makes the page behind it inert, closes on Esc and gives the focus back. */
export function Modal({ title, onClose, isWide = false, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    // A click beside it lands on the dialog itself. A convenience for the pointer: by keyboard there are Esc and the button.
    const onClick = (event: Event): void => {
      if (event.target === element) element?.close();
    };
    element?.showModal();
    element?.addEventListener('click', onClick);
    return () => {
      element?.removeEventListener('click', onClick);
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={styles.dialog}
      data-is-wide={isWide || undefined}
      aria-labelledby={id}
      onClose={onClose}
    >
      <div className={styles.frame}>
        <header className={styles.header}>
          <h2 id={id}>{title}</h2>
          <button type="button" className={styles.close} aria-label="Close" title="Close (Esc)" onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </button>
        </header>
        <NoticeBar isInDialog />
        {children}
      </div>
    </dialog>
  );
}
