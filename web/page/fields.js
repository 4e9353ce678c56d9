// The fields of a form by name: read whole, and one written from outside.

/** @typedef {Record<string, string | string[]>} Values */

/** The form's fields by name; boxes to tick that share a name as a list. @param {HTMLFormElement} form */
export function valuesOf(form) {
  /** @type {Values} */
  const values = {};
  const data = new FormData(form);
  const boxes = [...form.querySelectorAll('[type=checkbox]')].map((box) => /** @type {HTMLInputElement} */ (box).name);
  for (const name of new Set([...data.keys(), ...boxes])) {
    const all = data.getAll(name).filter((value) => typeof value === 'string');
    // Files are no words.
    if (!all.length && data.has(name)) continue;
    values[name] = boxes.includes(name) ? all : all[0];
  }
  return values;
}

/** Write one field; what nobody sees stays as the page came. @param {HTMLFormElement} form @param {string} name @param {string | string[]} value */
export function fill(form, name, value) {
  for (const input of form.elements) {
    if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement)) continue;
    if (input.name !== name || input.type === 'hidden') continue;
    if (input instanceof HTMLInputElement && ['radio', 'checkbox'].includes(input.type)) input.checked = [value].flat().includes(input.value);
    else input.value = String(value);
    const folded = input.closest('details');
    if (folded && value) folded.open = true;
  }
}
