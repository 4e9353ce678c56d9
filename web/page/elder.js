// On every page of a volunteer: it is read aloud by a button, what was just kept is said, the seconds in which it can be
// taken back are counted down in figures, and a page comes onto the home screen where the browser offers that.

const voice = 'speechSynthesis' in window ? speechSynthesis : null;

/** @param {string} words @param {() => void} [after] */
function speak(words, after = () => {}) {
  if (!voice) return;
  voice.cancel();
  const said = new SpeechSynthesisUtterance(words);
  said.lang = document.documentElement.lang;
  said.rate = 0.9;
  said.onend = said.onerror = after;
  voice.speak(said);
}

/** What a page says, without its buttons for the page itself. */
const pageWords = () =>
  [...document.querySelectorAll('main > :not([data-unread])')].map((part) => (part instanceof HTMLElement ? part.innerText : '')).join('\n');

function offerReading() {
  const button = document.querySelector('[data-read]');
  const label = button?.querySelector('span');
  if (!voice || !(button instanceof HTMLButtonElement) || !label) return;
  const idle = label.textContent;
  let reading = false;
  const over = () => {
    reading = false;
    label.textContent = idle;
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    if (reading) return voice.cancel(), over();
    reading = true;
    label.textContent = button.dataset.stop ?? '';
    speak(pageWords(), over);
  });
  addEventListener('pagehide', () => voice.cancel());
}

/** Seconds as figures: nothing moves, and at the end the way back goes. */
function countDown() {
  const form = document.querySelector('[data-left]');
  const count = form?.querySelector('[data-count]');
  if (!(form instanceof HTMLElement) || !count) return;
  const until = performance.now() + Number(form.dataset.left) * 1000;
  const timer = setInterval(() => {
    const left = Math.ceil((until - performance.now()) / 1000);
    count.textContent = String(Math.max(0, left));
    if (left > 0) return;
    clearInterval(timer);
    if (form.contains(document.activeElement)) document.getElementById('main')?.focus();
    form.remove();
  }, 250);
  speak([...document.querySelectorAll('[data-speak]')].map(({ textContent }) => textContent).join('\n'));
}

function offerInstall() {
  const button = document.querySelector('[data-install]');
  // An iPhone keeps a storage for each icon: one is enough there, and it comes before the digits.
  const iphone = 'standalone' in navigator;
  const needless = `${iphone ? '[data-many]' : '[data-one]'}${iphone && /** @type {any} */ (navigator).standalone ? ', [data-first]' : ''}`;
  for (const part of document.querySelectorAll(needless)) part.toggleAttribute('hidden', true);
  if (!(button instanceof HTMLButtonElement)) return;
  addEventListener('beforeinstallprompt', (/** @type {any} */ event) => {
    event.preventDefault();
    button.hidden = false;
    button.onclick = () => event.prompt();
  });
}

offerReading();
countDown();
offerInstall();
