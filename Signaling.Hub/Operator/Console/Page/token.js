// @ts-check
import { byId } from './elements.js';

const key = 'signaling-console-token';

const reasons = /** @type {Record<number, string>} */ ({
  401: 'The hub does not know you yet, or the token that you gave is wrong or has expired.',
  403: 'The token that you gave is good, but not an operator’s.',
});

/** The operator's token, for as long as this tab is open. */
export const currentToken = () => sessionStorage.getItem(key) ?? '';

/** Takes a token out of the address, where it must not stay: the address is shown, copied and remembered. */
export function takeTokenFromAddress() {
  const given = /^#token=(.*)$/.exec(location.hash)?.[1];
  if (!given) return;
  sessionStorage.setItem(key, decodeURIComponent(given));
  history.replaceState(null, '', '#/');
}

/**
 * Asks until there is a token to try.
 * @param {number} status The HTTP status that the hub has answered with.
 * @returns {Promise<void>}
 */
export function askForToken(status) {
  const dialog = byId('token', HTMLDialogElement);
  const field = byId('token-field', HTMLInputElement);
  byId('token-reason', HTMLElement).textContent = reasons[status] ?? '';
  field.value = '';
  return new Promise(resolve => {
    // Without a token there is nothing to see: Escape leaves the dialog where it is.
    dialog.oncancel = event => event.preventDefault();
    byId('token-form', HTMLFormElement).onsubmit = event => {
      event.preventDefault();
      const token = field.value.trim();
      if (!token) return;
      sessionStorage.setItem(key, token);
      dialog.close();
      resolve();
    };
    dialog.showModal();
  });
}
