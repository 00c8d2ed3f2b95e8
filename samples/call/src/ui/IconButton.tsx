import type { ComponentChildren, Ref } from 'preact';

interface IconButtonProps {
  label: string;
  /** Shown in the tooltip; the key does the same as a click. */
  shortcut?: string;
  /** For buttons that stay pressed. */
  pressed?: boolean;
  expanded?: boolean;
  class?: string;
  disabled?: boolean;
  onClick: () => void;
  children: ComponentChildren;
  buttonRef?: Ref<HTMLButtonElement>;
}

export const IconButton = ({ label, shortcut, pressed, expanded, class: extra = '', disabled, onClick, children, buttonRef }: IconButtonProps) => (
  <button
    ref={buttonRef}
    type="button"
    class={`icon-button ${extra}`}
    aria-label={label}
    aria-pressed={pressed}
    aria-expanded={expanded}
    aria-keyshortcuts={shortcut}
    data-tip={shortcut ? `${label} (${shortcut.toUpperCase()})` : label}
    disabled={disabled}
    onClick={onClick}
  >
    {children}
  </button>
);
