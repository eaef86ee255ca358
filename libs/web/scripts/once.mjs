/**
 * A form is sent once: further presses do nothing until the answer is there. The server takes a repeated form for the
 * same one anyway; this spares the connection. After a while the button works again, because on a bad line the first
 * attempt may never arrive.
 */
const patience = 20_000;

export function sendFormsOnce() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    window.setTimeout(() => delete form.dataset.sent, patience);
  });
  // The browser's Back shows the page as it was left, marks included.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}

/** A link that looks like a button answers the space bar, as screen readers announce (govuk-frontend's Button does the same). */
export function letSpaceBarPressLinks() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || !event.target.matches('a[role="button"]')) return;
    event.preventDefault();
    event.target.click();
  });
}
