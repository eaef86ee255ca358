import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';
import { start } from './start.mjs';

/** Like govuk-frontend's, but the neutral page takes the place of ours in the history: Back does not return here. */
class LeavePage extends ExitThisPage {
  exitPage() {
    super.exitPage();
    window.location.replace(this.$button.href);
  }
}

start();
const exit = document.querySelector('[data-module="govuk-exit-this-page"]');
if (exit) new LeavePage(exit);
