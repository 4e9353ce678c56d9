/** How much waits, in the navigation of every desk page: `conflicts:counted`, `logs:counted` and `care:counted` tell the lists themselves. */
import { piece } from './html.js';
import { listen } from './live.js';

const GATHER_MS = 1000;
const COUNTS = [
  { id: 'waiting', at: '/desk/conflicts/count', says: 'conflicts:counted' },
  { id: 'urgent', at: '/desk/care/count', says: 'care:counted' },
  { id: 'unread', at: '/desk/logs/count', says: 'logs:counted' },
];

let timer = 0;

/** @param {{id: string, at: string, says: string}} count */
async function recount({ id, at, says }) {
  const came = await piece(at);
  const [here, there] = [document.getElementById(id), came?.getElementById(id)];
  if (!came || !here || !there) return;
  if (here.textContent !== there.textContent) here.textContent = there.textContent;
  const keys = [...came.querySelectorAll('[data-key]')].map((one) => /** @type {HTMLElement} */ (one).dataset.key);
  document.dispatchEvent(new CustomEvent(says, { detail: keys }));
}

const shown = COUNTS.filter(({ id }) => document.getElementById(id));
if (shown.length) {
  // The first word counts too: the line may have opened long after the page was made.
  listen(() => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      shown.forEach(recount);
    }, GATHER_MS);
  });
}
