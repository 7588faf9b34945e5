// Staff: keys for those who do sixty a day. Nothing happens while an input method composes. ES2017.
//   J, K           next and previous in the list (or anything marked data-row)
//   /              to the search field
//   ?              the sheet of keys (a <details data-sheet>)
//   data-key="…"   presses that button, link or choice: "n", "1", "enter", "ctrl+enter", "ctrl+s", "alt+r"; the one in
//                  the question that has the focus comes first; data-stays leaves the focus where it is
//   data-digits    a link that any digit opens, at its address with the digit at the end
(function () {
  'use strict';

  // What is pressed twice is sent once; the server takes it once without this too.
  const TWICE = 2000;
  const sent = new WeakMap();
  document.addEventListener('submit', function (event) {
    if (event.target.method !== 'post') return;
    if (Date.now() - (sent.get(event.target) || 0) < TWICE) event.preventDefault();
    else sent.set(event.target, Date.now());
  });

  function isTyping(element) {
    return element.matches('input:not([type=radio]):not([type=checkbox]),textarea,select') || element.isContentEditable;
  }

  function isControl(element) {
    return element.matches('a[href],button,summary,input,textarea,select');
  }

  function nameOf(event) {
    const letter = /^Key([A-Z])$/.exec(event.code || '');
    const key = letter && event.altKey ? letter[1].toLowerCase() : event.key.toLowerCase();
    return (event.ctrlKey || event.metaKey ? 'ctrl+' : '') + (event.altKey ? 'alt+' : '') + key;
  }

  function press(target) {
    const input = target.matches('input') ? target : target.querySelector('input[type=radio],input[type=checkbox]');
    if (input && !target.hasAttribute('data-stays')) input.focus();
    (input || target).click();
    const opened = target.matches('summary') && target.parentElement.open ? target.parentElement : null;
    const first = opened && opened.querySelector('input:checked,input,select,textarea');
    if (first) first.focus();
  }

  function meant(name, from) {
    const isIt = function (element) { return element.dataset.key === name && !element.disabled; };
    const question = from.closest('fieldset');
    const near = question ? Array.from(question.querySelectorAll('[data-key]')).find(isIt) : null;
    return near || Array.from(document.querySelectorAll('[data-key]')).find(isIt);
  }

  function openDigit(name) {
    const link = /^[1-9]$/.test(name) && document.querySelector('a[data-digits]');
    if (link) window.location = link.dataset.digits + name;
    return Boolean(link);
  }

  function step(by) {
    const rows = Array.from(document.querySelectorAll('.list li>a,[data-row]'));
    if (!rows.length) return;
    let place = rows.indexOf(document.activeElement);
    if (place < 0) place = rows.findIndex(function (row) { return row.hasAttribute('aria-current'); });
    const next = rows[Math.min(Math.max(place + by, 0), rows.length - 1)];
    next.focus();
  }

  function act(name) {
    if (name === 'j' || name === 'k') step(name === 'j' ? 1 : -1);
    else if (name === '/') (document.querySelector('[data-find]') || document.body).focus();
    else if (name === '?') {
      const sheet = document.querySelector('[data-sheet]');
      if (sheet) sheet.open = !sheet.open;
    } else return false;
    return true;
  }

  document.addEventListener('keydown', function (event) {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || !event.key) return;
    const name = nameOf(event);
    const hasModifier = name.indexOf('ctrl+') === 0 || name.indexOf('alt+') === 0;
    if (!hasModifier && isTyping(event.target)) return;
    if (name === 'enter' && isControl(event.target)) return;
    const target = meant(name, event.target);
    if (target) press(target);
    if (target || (!hasModifier && (act(name) || openDigit(name)))) event.preventDefault();
  });
})();
