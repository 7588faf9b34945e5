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

  function leave(link) {
    document.body.hidden = true;
    document.title = '';
    forget();
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

  // The receipt shows: what was kept while writing is not needed any more.
  if (document.querySelector('[data-forget-drafts]')) forget();
})();
