// Photos and voice notes in a form. Each is made small, kept on the phone at once, and named in a field of
// the form, which is drafted like any other. Where no worker keeps anything they travel with the form, made small as well.
//
// <fieldset data-blobs="phone|form"> holds the field `blobs`, a list, a line to say things in, and the controls.

import { BYTES_MAX, PHOTOS_MAX, VOICES_MAX, readBlobs, spoken, writeBlobs } from '../phone/views/blobs.js';
import { picture } from './picture.js';
import { record, recordsAs, soundOf } from './sound.js';
import { ask } from './ask.js';

/** @typedef {import('../phone/types.js').BlobName} BlobName */
/** @typedef {{type: string, data: ArrayBuffer, thumb?: ArrayBuffer, ms?: number}} Made */

const VOICE_MS_MAX = 65_000;
const LOW_BYTES = 30_000_000;

/** One form's photos and voice notes. @param {HTMLFieldSetElement} place */
function keepShots(place) {
  const form = /** @type {HTMLFormElement} */ (place.form);
  const words = place.dataset;
  const onPhone = words.blobs === 'phone';
  const field = /** @type {HTMLInputElement} */ (place.querySelector('[name=blobs]'));
  const list = /** @type {HTMLElement} */ (place.querySelector('[data-blob-list]'));
  const line = /** @type {HTMLElement} */ (place.querySelector('[data-blob-say]'));
  const photos = /** @type {HTMLInputElement} */ (place.querySelector('[data-photos]'));
  const voiceFile = /** @type {HTMLElement} */ (place.querySelector('[data-voice-file]'));
  const voices = /** @type {HTMLInputElement} */ (voiceFile.querySelector('input'));
  const recordButton = /** @type {HTMLButtonElement} */ (place.querySelector('[data-voice-record]'));

  /** What travels with the form where nothing is kept. @type {{blob: BlobName, file: File, url: string}[]} */
  let travelling = [];
  let working = 0;
  /** Sent while a photo was still being made small: goes when it is done. @type {HTMLElement | null | undefined} */
  let held;

  const blobs = () => [...readBlobs(field.value), ...travelling.map(({ blob }) => blob)];
  /** @param {string} text @param {string} what */
  const said = (text, what) => text.replace('{what}', what);

  /** @param {string | undefined} text @param {string} [what] */
  function say(text, what = '') {
    line.textContent = said(text ?? '', what);
  }

  /** What the next one is called. @param {boolean} voice */
  function nameOf(voice) {
    const n = blobs().filter((blob) => spoken(blob) === voice).length + 1;
    return (voice ? words.voice : words.photo)?.replace('{n}', String(n)) ?? '';
  }

  /** @param {BlobName} blob @param {string} name */
  function item(blob, name) {
    const own = travelling.find((each) => each.blob === blob)?.url;
    const url = own ?? `/blobs/${blob.sha256}?${words.of}&small=1`;
    const shown = document.createElement(spoken(blob) ? 'audio' : 'img');
    shown.src = url;
    if (shown instanceof HTMLImageElement) shown.alt = name;
    else Object.assign(shown, { controls: true, preload: 'none', ariaLabel: name });
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'btn plain';
    remove.textContent = words.remove ?? '';
    remove.setAttribute('aria-label', `${words.remove} ${name}`);
    remove.addEventListener('click', () => drop(blob));
    const row = document.createElement('li');
    row.append(shown, remove);
    return row;
  }

  function draw() {
    const counts = { voice: 0, photo: 0 };
    list.replaceChildren(
      ...blobs().map((blob) => {
        const kind = spoken(blob) ? 'voice' : 'photo';
        return item(blob, (words[kind] ?? '').replace('{n}', String(++counts[kind])));
      }),
    );
  }

  /** The field says what there is; whoever keeps the form hears of it. @param {BlobName[]} named */
  function write(named) {
    field.value = writeBlobs(named);
    field.dispatchEvent(new Event('change', { bubbles: true }));
    draw();
  }

  /** @param {BlobName} blob */
  function drop(blob) {
    const own = travelling.find((each) => each.blob === blob);
    if (own) URL.revokeObjectURL(own.url);
    travelling = travelling.filter((each) => each !== own);
    attach();
    write(readBlobs(field.value).filter(({ sha256 }) => sha256 !== blob.sha256));
    say('');
    photos.focus();
  }

  /** @param {Made} made @param {string} name */
  async function keep(made, name) {
    const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
    const room = quota - usage;
    const answer = await ask({ type: 'keep_blob', made, room });
    if (!answer?.blob) return say(words.full, name);
    write([...readBlobs(field.value), answer.blob]);
    say(room < LOW_BYTES ? words.low : '', name);
  }

  /** @param {Made} made */
  function carry({ type, data, ms }) {
    const ending = type.split('/')[1];
    const file = new File([data], `${spoken({ type }) ? 'voice' : 'photo'}.${ending}`, { type });
    const blob = { sha256: '', type, bytes: data.byteLength, ...(ms && { ms }) };
    travelling.push({ blob, file, url: URL.createObjectURL(file) });
    attach();
    draw();
    say('');
  }

  /** What travels lies in the fields that the form sends. */
  function attach() {
    if (onPhone) return;
    for (const [input, voice] of /** @type {[HTMLInputElement, boolean][]} */ ([[photos, false], [voices, true]])) {
      const carried = new DataTransfer();
      for (const { blob, file } of travelling) if (spoken(blob) === voice) carried.items.add(file);
      input.files = carried.files;
    }
  }

  /** One thing at a time: make it small, keep it, say what became of it. @param {boolean} voice @param {() => Promise<Made>} make */
  async function add(voice, make) {
    const name = nameOf(voice);
    if (blobs().filter((blob) => spoken(blob) === voice).length >= (voice ? VOICES_MAX : PHOTOS_MAX)) {
      return say(voice ? words.voicesMax : words.photosMax);
    }
    say(words.busy, name);
    let made;
    try {
      made = await make();
    } catch (error) {
      console.warn('not kept', error);
      return say(words.unreadable, name);
    }
    if (made.data.byteLength > BYTES_MAX) return say(words.large, name);
    if ((made.ms ?? 0) > VOICE_MS_MAX) return say(words.long, name);
    await (onPhone ? keep(made, name) : carry(made));
  }

  /** The form waits while something is at work. @param {() => Promise<unknown>} work */
  async function busy(work) {
    working++;
    await work().finally(() => working--);
    if (working || held === undefined) return;
    const button = held;
    held = undefined;
    form.requestSubmit(button);
  }

  /** @param {HTMLInputElement} input @param {boolean} voice */
  function choose(input, voice) {
    const chosen = [...(input.files ?? [])];
    input.value = '';
    attach();
    busy(async () => {
      for (const file of chosen) {
        // What somebody said becomes no smaller here: an hour of it is not even read.
        if (voice && file.size > BYTES_MAX) say(words.large, nameOf(true));
        else await add(voice, () => (voice ? soundOf(file) : picture(file)));
      }
    });
  }

  /** @param {string} mimeType */
  function offerRecording(mimeType) {
    const label = /** @type {HTMLElement} */ (recordButton.querySelector('span'));
    const idle = label.textContent;
    voiceFile.hidden = true;
    recordButton.hidden = false;
    /** @type {(() => void) | null} */
    let stop = null;
    recordButton.addEventListener('click', async () => {
      if (stop) return stop();
      const tick = (/** @type {number} */ s) => (label.textContent = (words.stop ?? '').replace('{s}', String(s)));
      const recording = await record(mimeType, tick).catch(() => null);
      if (!recording) {
        // Nobody is asked twice: their own recorder does as well.
        recordButton.hidden = true;
        voiceFile.hidden = false;
        return say(words.noVoice);
      }
      stop = recording.stop;
      tick(0);
      await busy(() => add(true, () => recording.sound));
      stop = null;
      label.textContent = idle;
    });
    // Sending the form ends what is being said.
    document.addEventListener('submit', () => stop?.(), true);
  }

  const mimeType = recordsAs();
  // Before the next listener: what is being said is ended first, then waited for.
  if (mimeType) offerRecording(mimeType);
  document.addEventListener(
    'submit',
    (event) => {
      if (!working || event.target !== form) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = event.submitter;
    },
    true,
  );
  photos.addEventListener('change', (event) => (event.stopPropagation(), choose(photos, false)));
  voices.addEventListener('change', (event) => (event.stopPropagation(), choose(voices, true)));
  draw();
}

/** Every such form on the page, and those that are put into it later. */
function keepAll() {
  for (const place of document.querySelectorAll('fieldset[data-blobs]:not([data-kept])')) {
    if (!(place instanceof HTMLFieldSetElement)) continue;
    place.dataset.kept = 'yes';
    keepShots(place);
  }
}

document.addEventListener('htmx:after:swap', keepAll);
keepAll();
