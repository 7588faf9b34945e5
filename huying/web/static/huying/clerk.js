// The counter: what is meant by a few letters or digits shows at once, phrases come by "/", the place in the text is kept
// over a save. Nothing happens while an input method composes. Everything works without it. ES2017.
(function () {
  'use strict';

  const MOST = 8;
  const PLACE = 'counter-place';

  function isComposing(event) {
    return event.isComposing || event.keyCode === 229;
  }

  function fill(box, children) {
    while (box.firstChild) box.firstChild.remove();
    children.forEach(function (child) { box.appendChild(child); });
  }

  function optionsIn(words) {
    return Array.from(new DOMParser().parseFromString(words, 'text/html').querySelectorAll('option'));
  }

  // ---------- a list under a field ----------

  let lists = 0;

  // `pick` is told which of the shown options was taken.
  function listUnder(field, pick) {
    const box = document.createElement('ul');
    let shown = [];
    let active = 0;
    box.className = 'opts';
    box.id = 'opts-' + (lists += 1);
    box.setAttribute('role', 'listbox');
    box.setAttribute('aria-label', field.labels && field.labels[0] ? field.labels[0].firstChild.textContent : '');
    box.hidden = true;
    field.closest('.f').appendChild(box);
    field.setAttribute('aria-controls', box.id);
    field.setAttribute('aria-autocomplete', 'list');
    if (field.matches('input')) {
      field.setAttribute('role', 'combobox');
      field.setAttribute('aria-expanded', 'false');
    }

    function mark() {
      Array.from(box.children).forEach(function (item, place) {
        item.setAttribute('aria-selected', String(place === active));
        if (place === active) {
          field.setAttribute('aria-activedescendant', item.id);
          item.scrollIntoView({block: 'nearest'});
        }
      });
    }

    function draw(option, place) {
      const item = document.createElement('li');
      const number = document.createElement('span');
      item.id = box.id + '-' + place;
      item.setAttribute('role', 'option');
      number.className = 'num';
      number.textContent = option.number;
      item.append(number, option.name);
      item.addEventListener('mousedown', function (event) {
        event.preventDefault();
        take(place);
      });
      return item;
    }

    function show(options) {
      shown = options.slice(0, MOST);
      active = 0;
      fill(box, shown.map(draw));
      box.hidden = !shown.length;
      if (field.matches('input')) field.setAttribute('aria-expanded', String(!box.hidden));
      if (shown.length) mark();
      else field.removeAttribute('aria-activedescendant');
    }

    function take(place) {
      const option = shown[place];
      show([]);
      pick(option);
    }

    function onKey(event) {
      if (isComposing(event) || box.hidden || event.ctrlKey || event.altKey) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        active = (active + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % shown.length;
        mark();
      } else if (event.key === 'Enter') take(active);
      else if (event.key === 'Escape') show([]);
      else return false;
      event.preventDefault();
      return true;
    }

    return {show: show, onKey: onKey, isOpen: function () { return !box.hidden; }, shown: function () { return shown; }};
  }

  // ---------- school, class, topic ----------

  function plain(text) {
    return text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  }

  function optionOf(element) {
    const data = element.dataset;
    return {name: element.value, number: data.number || '', letters: (data.letters || '').split(' ').filter(Boolean)};
  }

  // 0 it is this, 1 its beginning or its end, 2 a part of it, 3 something like it (the server found it); 9 not.
  function rank(typed, option, isFetched) {
    const spoken = [plain(option.name)].concat(option.letters);
    if (option.numbers.indexOf(typed) >= 0 || spoken.indexOf(typed) >= 0) return 0;
    if (/^\d+$/.test(typed)) return option.numbers.some(function (one) { return one.startsWith(typed); }) ? 1 : 9;
    if (spoken.some(function (one) { return one.startsWith(typed) || (typed.length > 1 && one.endsWith(typed)); })) return 1;
    if (spoken.some(function (one) { return one.indexOf(typed) >= 0; })) return 2;
    return isFetched ? 3 : 9;
  }

  function ranked(typed, options, isFetched) {
    return options.map(function (option) {
      option.numbers = option.number.split(' ');
      return {option: option, rank: rank(typed, option, isFetched)};
    }).filter(function (one) { return one.rank < 9; }).sort(function (one, other) { return one.rank - other.rank; });
  }

  function watchNamed(field) {
    const source = document.getElementById(field.getAttribute('list'));
    const isRemote = source.id === 'school-list';
    const list = listUnder(field, function (option) { put(option); });
    let found = [];
    let asked = 0;
    field.removeAttribute('list');

    function put(option) {
      found = [];
      if (field.value === option.name) return;
      field.value = option.name;
      field.dispatchEvent(new Event('change', {bubbles: true}));
    }

    function offer(options) {
      found = ranked(plain(field.value), options, isRemote);
      list.show(found.map(function (one) { return one.option; }));
    }

    async function ask() {
      const mine = (asked += 1);
      const answer = await fetch(source.dataset.from + '?q=' + encodeURIComponent(field.value), {credentials: 'same-origin'});
      const words = answer.ok && !answer.redirected ? await answer.text() : '';
      if (mine === asked && document.activeElement === field) offer(optionsIn(words).map(optionOf));
    }

    field.addEventListener('input', function (event) {
      if (event.isComposing) return;
      if (!plain(field.value)) {
        found = [];
        list.show([]);
      } else if (isRemote) ask().catch(function () {});
      else offer(Array.from(source.children).map(optionOf));
    });
    field.addEventListener('compositionend', function () {
      field.dispatchEvent(new Event('input'));
    });
    field.addEventListener('keydown', list.onKey);
    field.addEventListener('blur', function () {
      const isClear = found.length === 1 || (found.length > 1 && found[0].rank < found[1].rank);
      if (isClear && plain(field.value)) put(found[0].option);
      list.show([]);
    });
  }

  // The classes are those of the school that was named.
  document.querySelectorAll('datalist[data-of]').forEach(function (source) {
    document.getElementById(source.dataset.of).addEventListener('change', async function (event) {
      const answer = await fetch(source.dataset.from + '?of=' + encodeURIComponent(event.target.value),
        {credentials: 'same-origin'});
      if (answer.ok && !answer.redirected) fill(source, optionsIn(await answer.text()));
    });
  });
  document.querySelectorAll('[data-named]').forEach(watchNamed);

  // ---------- phrases ----------

  // "/" at the beginning, after a blank or a mark; an input method makes it a "、", which begins no line otherwise.
  const CALL = /(?:(?:^|[\s。，！？；：])\/|(?:^|\n)、)([a-z]*|\d)$/;

  function watchPhrases(area) {
    const phrases = Array.from(document.querySelectorAll('#phrases li')).map(function (item, place) {
      const letters = item.dataset.letters;
      return {name: item.lastChild.textContent, number: (place < 9 ? place + 1 + ' ' : '') + letters, letters: letters};
    });
    const list = listUnder(area, put);

    function call() {
      return CALL.exec(area.value.slice(0, area.selectionStart));
    }

    function put(phrase) {
      const found = call();
      if (!found) return;
      const typed = found[1].length + 1;
      area.setRangeText(phrase.name, area.selectionStart - typed, area.selectionStart, 'end');
    }

    area.addEventListener('input', function (event) {
      if (event.isComposing) return;
      const found = call();
      const typed = found ? found[1] : '';
      if (/^[1-9]$/.test(typed) && phrases[typed - 1]) {
        list.show([]);
        put(phrases[typed - 1]);
      } else list.show(found ? phrases.filter(function (one) { return one.letters.startsWith(typed); }) : []);
    });
    area.addEventListener('keydown', list.onKey);
    area.addEventListener('blur', function () { list.show([]); });
  }
  document.querySelectorAll('[data-phrases]').forEach(watchPhrases);

  // ---------- sending ----------

  function keepPlace() {
    const field = document.activeElement;
    if (!field || !field.name || !field.form) return;
    const place = {name: field.name, at: field.matches('textarea') ? field.selectionStart : -1};
    window.sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  function takePlace() {
    const place = JSON.parse(window.sessionStorage.getItem(PLACE) || 'null');
    window.sessionStorage.removeItem(PLACE);
    const form = document.getElementById('counter');
    const field = place && form.elements.namedItem('form') && !document.querySelector('.sum') && form.elements.namedItem(place.name);
    const area = field && field.focus ? field : document.activeElement;
    if (field && field.focus) field.focus();
    if (!area || !area.matches('textarea')) return;
    const end = place && place.at >= 0 && field ? place.at : area.value.length;
    area.setSelectionRange(end, end);
  }

  document.querySelectorAll('#counter').forEach(function (form) {
    form.addEventListener('submit', keepPlace);
    // Enter goes on to the next field; only Ctrl+Enter registers.
    form.addEventListener('keydown', function (event) {
      if (event.key !== 'Enter' || event.defaultPrevented || isComposing(event) || event.ctrlKey || event.metaKey) return;
      if (!event.target.matches('input,select')) return;
      event.preventDefault();
      const fields = Array.from(form.elements).filter(function (one) {
        return one.tabIndex >= 0 && one.type !== 'hidden' && one.offsetParent && !(one.type === 'radio' && !one.checked);
      });
      const next = fields[fields.indexOf(event.target) + 1];
      if (next) next.focus();
    });
  });
  takePlace();
})();
