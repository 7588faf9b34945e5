// A parent's form: a draft on this phone, follow-up questions under their own card, smaller photos. ES2017.
// Everything works without it.
(function () {
  'use strict';

  const DAY = 24 * 3600 * 1000;
  const MAX_SIDE = 2000;
  const SMALL_ENOUGH = 1000 * 1000;

  // Browsers of 2019 and later focus the summary by themselves.
  window.addEventListener('load', function () {
    const summary = document.querySelector('.sum');
    if (summary && document.activeElement === document.body) summary.focus();
  });

  // Follow-up questions show when their card is chosen.
  function showFollowUps() {
    document.querySelectorAll('[data-when]').forEach(function (part) {
      const cut = part.dataset.when.indexOf('=');
      const name = part.dataset.when.slice(0, cut);
      const value = part.dataset.when.slice(cut + 1);
      part.hidden = !Array.from(document.getElementsByName(name)).some(function (input) {
        return input.checked && input.value === value;
      });
    });
  }

  // Draft: never a telephone number or a name, gone after a day, after sending and on leaving.
  function isKept(input) {
    return input.name && !input.disabled && ['file', 'hidden', 'password', 'tel', 'submit'].indexOf(input.type) < 0 &&
      !input.hasAttribute('autocomplete') && !input.hasAttribute('data-draft-off');
  }

  function written(form) {
    const kept = {};
    Array.from(form.elements).filter(isKept).forEach(function (input) {
      const isMark = input.type === 'radio' || input.type === 'checkbox';
      if (isMark ? input.checked : input.value) {
        kept[input.name] = (kept[input.name] || []).concat(input.value);
      }
    });
    return kept;
  }

  function putBack(form, kept) {
    Array.from(form.elements).filter(isKept).forEach(function (input) {
      const values = kept[input.name];
      if (!values) return;
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = values.indexOf(input.value) >= 0;
      else input.value = values[0];
    });
  }

  function draft(form) {
    const key = 'draft:' + form.dataset.draft;
    const off = form.querySelector('[data-draft-off]');
    const note = form.querySelector('[data-draft-note]');
    let storage = null;
    try {
      storage = window.localStorage;
    } catch (error) {
      return;
    }

    function drop() {
      storage.removeItem(key);
    }

    function keep() {
      if (off && off.checked) return drop();
      const kept = written(form);
      if (Object.keys(kept).length) storage.setItem(key, JSON.stringify({at: Date.now(), kept: kept}));
    }

    const saved = JSON.parse(storage.getItem(key) || 'null');
    const isOld = saved && Date.now() - saved.at >= DAY;
    if (isOld) drop();
    if (saved && !isOld && !form.querySelector('textarea').value) {
      putBack(form, saved.kept);
      if (note) note.hidden = false;
    }
    if (off) off.closest('[hidden]').hidden = false;
    form.addEventListener('input', keep);
    form.addEventListener('change', keep);
    form.addEventListener('click', function (event) {
      if (!event.target.closest('[data-draft-drop]')) return;
      drop();
      form.reset();
      note.hidden = true;
      showFollowUps();
    });
  }

  // Offline: say so, keep the page.
  function holdOffline(form) {
    const note = form.querySelector('[data-offline]');
    form.addEventListener('submit', function (event) {
      if (!note) return;
      note.hidden = navigator.onLine !== false;
      if (note.hidden) return;
      event.preventDefault();
      note.focus();
    });
  }

  // Photos: smaller and without their hidden data, where the browser can; otherwise as they are.
  async function smaller(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < SMALL_ENOUGH) return file;
    const picture = await createImageBitmap(file, {imageOrientation: 'from-image'});
    const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(function (resolve) { canvas.toBlob(resolve, 'image/jpeg', 0.85); });
    return blob && blob.size < file.size ? new File([blob], 'photo.jpg', {type: 'image/jpeg'}) : file;
  }

  async function shrink(input) {
    try {
      const files = await Promise.all(Array.from(input.files).map(smaller));
      const box = new DataTransfer();
      files.forEach(function (file) { box.items.add(file); });
      input.files = box.files;
    } catch (error) {
      // An older browser: the server takes the photo as it is.
    }
  }

  document.addEventListener('change', function (event) {
    if (event.target.matches('input[type=file]')) shrink(event.target);
    showFollowUps();
  });
  document.querySelectorAll('form[data-draft]').forEach(draft);
  document.querySelectorAll('form[method=post]').forEach(holdOffline);
  showFollowUps();
})();
