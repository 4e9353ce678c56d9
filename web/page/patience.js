// An impatient second tap falls on the page that follows a saved form: for a moment its buttons do nothing (field.css).

const SAVED = 'sifang:saved';
const JUST_MS = 10_000;

/** A form is on its way. */
export function noteSaving() {
  try {
    sessionStorage.setItem(SAVED, String(Date.now()));
  } catch (error) {
    console.warn('a second tap may say a second thing', error);
  }
}

/** This page follows a form that was sent: its buttons wait. */
export function waitAfterSaving() {
  try {
    const saved = sessionStorage.getItem(SAVED);
    sessionStorage.removeItem(SAVED);
    if (!saved || Date.now() - Number(saved) > JUST_MS) return;
    for (const acts of document.querySelectorAll('.acts')) acts.classList.add('just');
  } catch (error) {
    console.warn('nobody knows whether something was saved', error);
  }
}
