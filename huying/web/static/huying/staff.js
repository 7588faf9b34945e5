// Staff: questions that only matter after an answer show when it is given; what is only for pages without script goes.
(function () {
  'use strict';

  document.documentElement.classList.add('js');

  function show() {
    document.querySelectorAll('[data-when]').forEach(function (part) {
      const cut = part.dataset.when.indexOf('=');
      const inputs = Array.from(document.getElementsByName(part.dataset.when.slice(0, cut)));
      const value = part.dataset.when.slice(cut + 1);
      part.hidden = !inputs.some(function (input) { return input.checked && input.value === value; }) &&
        !part.querySelector('.bad');
    });
  }

  document.addEventListener('change', show);
  document.addEventListener('htmx:load', show);
  show();
})();
