import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { CloseIcon } from './icons';

/** A modal dialog of the browser's own: it keeps the focus inside, closes with Escape and gives the focus back. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === ref.current) ref.current?.close();
  };
  return (
    <dialog ref={ref} class="dialog" aria-label={title} onClose={onClose} onClick={closeOnBackdrop}>
      <div class="dialog-content">
        <header>
          <h2>{title}</h2>
          <button type="button" class="icon-button small" aria-label="Close" onClick={() => ref.current?.close()}><CloseIcon /></button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
