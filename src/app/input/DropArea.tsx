import { useEffect, useState } from 'react';
import { compare } from '../compare/compareStore.ts';
import { hopline } from '../state/hoplineStore.ts';
import styles from './DropArea.module.css';
import { droppedFiles } from './droppedFiles.ts';

/** Takes files dropped anywhere on the page, and files or text that are pasted; shows that it would while they hover. */
export function DropArea() {
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const { open, fail } = hopline.getState();
    const take = (files: readonly File[]): void => {
      const { isOpen, compareFiles } = compare.getState();
      void (isOpen ? compareFiles(files) : open(files));
    };
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      // Every element under the pointer sends one; only the one that leaves the window has nowhere to go.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setIsOver(false);
      droppedFiles(event.dataTransfer).then(take, (error: unknown) => fail('Nothing was opened', error));
    };
    const onPaste = (event: ClipboardEvent): void => {
      const files = pastedFiles(event);
      if (files.length > 0) take(files);
    };
    addEventListener('dragover', onDragOver);
    addEventListener('dragleave', onDragLeave);
    addEventListener('drop', onDrop);
    addEventListener('paste', onPaste);
    return () => {
      removeEventListener('dragover', onDragOver);
      removeEventListener('dragleave', onDragLeave);
      removeEventListener('drop', onDrop);
      removeEventListener('paste', onPaste);
    };
  }, []);

  if (!isOver) return null;
  return (
    <div className={styles.area} aria-hidden="true">
      <div className={styles.words}>
        <strong>Drop to open</strong>
        <span>traces, files or folders · a hopline.yaml · a diagram saved by Hopline</span>
      </div>
    </div>
  );
}

function pastedFiles({ clipboardData, target }: ClipboardEvent): File[] {
  if (clipboardData === null || (target instanceof Element && target.closest('input, textarea') !== null)) return [];
  if (clipboardData.files.length > 0) return [...clipboardData.files];
  const text = clipboardData.getData('text/plain');
  return text.trim() === '' ? [] : [new File([text], 'pasted text')];
}
