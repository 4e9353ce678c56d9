// Runs at the start of every page that is measured: says when its content was painted, counted from the navigation.
//
// Parsed to the end, then one frame drawn, then the browser's own first contentful paint: the last of them.

(() => {
  const said = {};
  const once = () => {
    if (said.done || said.drawn === undefined || said.fcp === undefined) return;
    said.done = true;
    const [way] = performance.getEntriesByType('navigation');
    const { workerStart, fetchStart, requestStart, responseStart, responseEnd, domInteractive } = way;
    const found = document.querySelectorAll('[data-door], ol.rows > li').length;
    const kept = !!document.querySelector('.saved');
    const times = { workerStart, fetchStart, requestStart, responseStart, responseEnd, domInteractive };
    const painted = Math.max(said.drawn, said.fcp);
    const bytes = way.decodedBodySize;
    window.painted(JSON.stringify({ url: location.href, painted, ...said, ...times, found, kept, bytes }));
  };
  document.addEventListener('readystatechange', () => {
    if (document.readyState !== 'interactive') return;
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => {
        said.drawn = performance.now();
        once();
      };
      after.port2.postMessage(0);
    });
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') said.fcp = entry.startTime;
    once();
  }).observe({ type: 'paint', buffered: true });
})();
