// Staff: what is being written goes to the server every five seconds and on leaving a field. Saving is not checking.
// <form data-autosave="address"> … <span data-saved data-words="已保存" data-failed="没存上，您写的还在这一页"></span>
// The answer is the moment of saving in plain text. ES2017.
(function () {
  'use strict';

  const EVERY = 5000;

  function watch(form) {
    const said = form.querySelector('[data-saved]');
    let before = null;
    let isBusy = false;

    function written() {
      const data = new FormData(form);
      Array.from(form.querySelectorAll('input[type=file]')).forEach(function (input) { data.delete(input.name); });
      return new URLSearchParams(data).toString();
    }

    async function save() {
      const now = written();
      if (isBusy || now === before) return;
      isBusy = true;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: 'POST',
          credentials: 'same-origin',
          headers: {'Content-Type': 'application/x-www-form-urlencoded'},
          body: now,
        });
        const words = await answer.text();
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        before = now;
        if (said) said.textContent = said.dataset.words + ' ' + words.slice(0, 40);
      } catch (error) {
        if (said) said.textContent = said.dataset.failed;
      } finally {
        isBusy = false;
      }
    }

    before = written();
    form.addEventListener('focusout', save);
    setInterval(save, EVERY);
  }

  function begin(part) {
    part.querySelectorAll('form[data-autosave]').forEach(watch);
  }

  begin(document);
  // A case that opened beside the list.
  document.addEventListener('htmx:afterSettle', function () { begin(document.getElementById('main')); });
})();
