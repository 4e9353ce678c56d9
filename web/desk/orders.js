/** Orders by keys alone: J and K go along the list, E confirms one, R goes to the words that ask again, N begins a new one. */
import { isOpening, one, watchQueue } from './queue.js';

watchQueue((key, event) => {
  if (isOpening()) return;
  if (key === 'e') one('#pane [data-press=e]')?.click();
  if (key === 'n') location.href = '/desk/orders/new';
  if (key !== 'r') return;
  // The letter itself is no part of the note.
  event.preventDefault();
  one('#pane [data-note]')?.focus();
}, '#pane', 'orders:counted');
