/**
 * A link to what is folded opens it. Newer browsers do so themselves for what lies within a fold, none of them for the block that a fold fills. Before the page
 * is printed everything is opened, and folded again afterwards. Without script a link leads to the block, which opens by its own button, and the
 * style sheet shows everything on paper.
 */
export function openFolds() {
  const folds = () => [...document.querySelectorAll('details.rc-fold')];
  const show = () => {
    const target = document.getElementById(window.location.hash.slice(1));
    const fold = target?.closest('details.rc-fold') ?? target?.querySelector(':scope > details.rc-fold');
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  };
  window.addEventListener('hashchange', show);
  // The address does not change when the same link is followed again, after its block was folded.
  document.addEventListener('click', (event) => {
    // Asked for as it is written: a link in a picture has no `hash`.
    if (event.target.closest?.('a[href^="#"]')?.getAttribute('href') === window.location.hash) show();
  });
  show();

  let folded = [];
  window.addEventListener('beforeprint', () => {
    folded = folds().filter((fold) => !fold.open);
    for (const fold of folded) fold.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const fold of folded) fold.open = false;
  });
}
