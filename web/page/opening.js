// What a tap opens to write in is ready to be written in: the cursor stands in an ask, and a fact that is changed makes
// room for what is typed. Words half-written are never in the way of the next key: the cursor stands behind them.

let changing = false;

/** The pencil of a fact, or the line of an ask. @param {MouseEvent} event */
function open(event) {
  const target = /** @type {Element} */ (event.target);
  changing = !!target.closest('.fact a.icon-btn');
  const ask = target.closest('.asks summary')?.parentElement;
  const answer = ask?.querySelector('textarea');
  if (!(ask instanceof HTMLDetailsElement) || ask.open || !answer) return;
  // Within the tap itself: a keyboard on the screen comes up for nothing later.
  event.preventDefault();
  ask.open = true;
  answer.focus();
}

/** @param {FocusEvent} event */
function ready({ target: field }) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  if (!field.matches('.fact.open .field[autofocus]')) return;
  if (changing && field instanceof HTMLInputElement) field.select();
  else field.setSelectionRange(field.value.length, field.value.length);
  changing = false;
}

/** From now on. */
export function openReady() {
  document.addEventListener('click', open);
  document.addEventListener('focusin', ready);
}
