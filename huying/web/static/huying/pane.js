// Staff: on a wide screen a line of the list opens beside it; on a phone, and without script, it is a page of its own.
(function () {
  'use strict';

  const WIDE = window.matchMedia('(min-width:68rem)');

  function mark(link) {
    document.querySelectorAll('.list li>a[aria-current]').forEach(function (one) { one.removeAttribute('aria-current'); });
    link.setAttribute('aria-current', 'true');
  }

  document.addEventListener('click', function (event) {
    const link = event.target.closest('a[data-pane]');
    if (!link || !WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    mark(link);
    window.htmx.ajax('GET', link.href, {target: '#main', swap: 'outerHTML'}).then(function () {
      // The keys of the opened case work at once, and a screen reader reads on there.
      document.getElementById('main').focus();
    }, function () {
      window.location = link.href;
    });
  });
})();
