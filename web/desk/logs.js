/** Logs by keys alone: J and K go along the list, E says that one was read, R goes to the words that return it. */
import { isOpening, one, watchQueue } from './queue.js';

watchQueue((key, event) => {
  if (isOpening()) return;
  if (key === 'e') one('#pane [data-press=e]')?.click();
  if (key !== 'r') return;
  // The letter itself is no part of the note.
  event.preventDefault();
  one('#pane [data-note]')?.focus();
}, '#pane', 'logs:counted');
