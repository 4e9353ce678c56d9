"""A phone's store as an older version left it."""

STORE_OF_VERSION_6 = """
        await new Promise((done) => {
          const opening = indexedDB.open(before, 6);
          opening.onupgradeneeded = () => {
            const db = opening.result;
            db.createObjectStore('daily_log', { keyPath: 'id' }).put({ id: 'l', scope: 's', part: 'p' });
          };
          opening.onsuccess = () => { opening.result.close(); done(); };
        });
        store.use(before);
        const { begin } = await import('/static/phone/database.js');
"""
"""Makes it under the name `before`, with one log in it, and turns to it; `begin` is at hand then."""
