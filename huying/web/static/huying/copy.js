// The receipt: copy, print, open the picture. ES2017.
(function () {
  'use strict';

  function copyOldWay(text) {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'vh';
    document.body.appendChild(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error('copy'));
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    return copyOldWay(text);
  }

  document.querySelectorAll('[data-copy],[data-print]').forEach(function (button) { button.hidden = false; });
  document.addEventListener('click', function (event) {
    const button = event.target.closest('[data-copy],[data-print],[data-opens]');
    if (!button) return;
    if (button.hasAttribute('data-print')) {
      window.print();
    } else if (button.dataset.opens) {
      document.getElementById(button.dataset.opens).open = true;
    } else {
      copy(button.dataset.copy).then(function () {
        button.querySelector('span').textContent = button.dataset.copied;
      }).catch(function () {});
    }
  });
})();
