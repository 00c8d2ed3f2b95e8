import { dismiss, toasts } from '../state/toasts';
import { CloseIcon } from './icons';

/** The regions are there from the start: screen readers announce only what appears in a region that they know. */
export const Toasts = () => (
  <div class="toasts">
    <ToastList kind="info" role="status" />
    <ToastList kind="error" role="alert" />
  </div>
);

const ToastList = ({ kind, role }: { kind: 'info' | 'error'; role: 'status' | 'alert' }) => (
  <div role={role} aria-live={kind === 'error' ? 'assertive' : 'polite'} class="toast-list">
    {toasts.value.filter((toast) => toast.kind === kind).map((toast) => (
      <div key={toast.id} class={`toast ${kind}`}>
        <span>{toast.text}</span>
        <button type="button" class="icon-button small" aria-label="Dismiss" onClick={() => dismiss(toast.id)}><CloseIcon /></button>
      </div>
    ))}
  </div>
);
