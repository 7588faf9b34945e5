// Every public page: leave without a step back in history; enlarge or darken without losing the page. ES2017.
(function () {
  'use strict';

  const CYCLES = {size: ['', 'l', 'xl'], tone: ['', 'dark', 'light']};

  function forget() {
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch (error) {
      // Storage may be switched off; then nothing was kept either.
    }
  }

  // After leaving in a hurry the way back shows empty forms: browsers remember what was typed on every step.
  function markLeft() {
    try {
      sessionStorage.setItem('left', '1');
    } catch (error) {
      // Without storage there is no mark either.
    }
  }

  function emptyAfterLeaving() {
    try {
      if (!sessionStorage.getItem('left')) return;
      if (performance.navigation.type !== 2) return sessionStorage.removeItem('left');
      Array.from(document.forms).forEach(function (form) { form.reset(); });
    } catch (error) {
      // Nothing was marked.
    }
  }

  function leave(link) {
    document.body.hidden = true;
    document.title = '';
    forget();
    markLeft();
    location.replace(link.href);
  }

  function choose(link) {
    const what = link.dataset.comfort;
    const cycle = CYCLES[what];
    const url = new URL(link.href);
    const place = cycle.indexOf(url.searchParams.get(what) || '');
    fetch(link.href, {credentials: 'same-origin', redirect: 'manual'}).catch(function () {});
    cycle.filter(Boolean).forEach(function (name) {
      document.documentElement.classList.toggle(name, name === cycle[place]);
    });
    url.searchParams.set(what, cycle[(place + 1) % cycle.length]);
    link.href = url.href;
    link.querySelector('span').textContent = link.dataset.words.split('|')[place];
  }

  document.addEventListener('click', function (event) {
    const link = event.target.closest('[data-leave],[data-comfort]');
    if (!link) return;
    event.preventDefault();
    if (link.dataset.comfort) choose(link);
    else leave(link);
  });

  // Going back over a page that was the answer to a form asks for a plain page instead: nothing is sent again, and
  // nothing that was typed comes back.
  const plain = document.querySelector('[data-plain-address]');
  if (plain) history.replaceState(null, '', plain.dataset.plainAddress);

  window.addEventListener('pageshow', emptyAfterLeaving);

  // The receipt shows: what was kept while writing is not needed any more.
  if (document.querySelector('[data-forget-drafts]')) forget();
})();
