/** How much waits for a decision, in the navigation of every desk page: `conflicts:counted` tells the list itself. */
import { piece } from './html.js';
import { listen } from './live.js';

const GATHER_MS = 1000;

let timer = 0;

async function recount() {
  timer = 0;
  const came = await piece('/desk/conflicts/count');
  const [here, there] = [document.getElementById('waiting'), came?.getElementById('waiting')];
  if (!came || !here || !there) return;
  if (here.textContent !== there.textContent) here.textContent = there.textContent;
  const keys = [...came.querySelectorAll('[data-key]')].map((one) => /** @type {HTMLElement} */ (one).dataset.key);
  document.dispatchEvent(new CustomEvent('conflicts:counted', { detail: keys }));
}

if (document.getElementById('waiting')) {
  // The first word counts too: the line may have opened long after the page was made.
  listen(() => { timer ||= window.setTimeout(recount, GATHER_MS); });
}
