// News between the worker and open pages: {type: 'synced' | 'saved' | 'progress', …}, told to whoever listens.

/** One channel for all who share a phone. @param {string} [phone] the store's name */
export const newsChannel = (phone = 'sifang') => new BroadcastChannel(`${phone.split('~')[0]}:news`);

/** @param {string} phone @param {any} news */
export function tell(phone, news) {
  const channel = newsChannel(phone);
  channel.postMessage(news);
  channel.close();
}
