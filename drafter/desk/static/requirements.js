// Sugar of the requirements: steps without loading the page, the panel beside the draft, order by dragging.
(function () {
  'use strict';
  var panel = document.querySelector('[data-requirements-panel]'), opener = document.querySelector('[data-requirements]'), beside = !panel;
  if (!panel && !opener) return;
  if (beside) {
    panel = document.createElement('aside');
    panel.className = 'drawer';
    panel.hidden = true;
    panel.setAttribute('aria-label', '讲哪几条');
    document.querySelector('.desk').insertBefore(panel, document.getElementById('answers'));
  }

  function get(address, options) {
    var wanted = Object.assign({ headers: { 'X-Desk': beside ? 'beside' : 'page' } }, options);
    return fetch(address, wanted).then(function (answer) {
      return answer.text().then(function (html) { return { ok: answer.ok, html: html }; });
    }).catch(function () { document.dispatchEvent(new Event('desk:lost')); });
  }

  // A new state takes the place of the old; what had the focus has it again.
  function put(found, mark, top) {
    if (!found) return false;
    if (!found.ok) {
      var box = document.createElement('div');
      box.innerHTML = found.html;
      if (window.said) window.said(box.textContent.trim().replace(/\s+/g, ' '));
      return false;
    }
    var kept = panel.scrollTop;
    panel.innerHTML = found.html;
    dress();
    if (beside) panel.scrollTop = top ? 0 : kept;
    var next = mark && find(mark);
    if (next && next.disabled) next = next.parentNode.querySelector('button:not([disabled]), a');
    (next || panel.querySelector('[tabindex="-1"]')).focus({ preventScroll: !top });
    return true;
  }
  function find(mark) {
    return Array.prototype.filter.call(panel.querySelectorAll('button[name]'), function (one) {
      return one.name === mark.name && one.value === mark.value;
    })[0];
  }
  function changed() { document.dispatchEvent(new CustomEvent('desk:changed', { detail: { what: 'requirements' } })); }

  function dress() {
    Array.prototype.forEach.call(panel.querySelectorAll('[data-no-script]'), function (one) { one.hidden = true; });
    Array.prototype.forEach.call(panel.querySelectorAll('[data-order] > li > h3'), function (one) { one.draggable = true; one.title = '按住可以拖'; });
  }
  function send(form, more, mark) {
    var data = new URLSearchParams(new FormData(form));
    (more || []).forEach(function (pair) { data.append(pair[0], pair[1]); });
    return get(form.getAttribute('action'), { method: 'POST', body: data }).then(function (found) {
      if (put(found, mark, false)) changed();
    });
  }

  panel.addEventListener('submit', function (event) {
    var form = event.target, button = event.submitter;
    if (!form.hasAttribute('data-in')) return;
    event.preventDefault();
    if (form.method === 'get') {
      get(form.getAttribute('action') + '?' + new URLSearchParams(new FormData(form))).then(function (found) {
        if (put(found, null, true)) panel.querySelector('input[type=search]').focus();
      });
    } else {
      var pair = button && button.name ? [button.name, button.value] : null;
      send(form, pair ? [pair] : [], pair && { name: pair[0], value: pair[1] });
    }
  });
  panel.addEventListener('change', function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute('data-at-change')) send(form, [], null);
  });
  panel.addEventListener('click', function (event) {
    var link = event.target.closest('a[data-in]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      get(link.getAttribute('href')).then(function (found) { put(found, null, true); });
    }
    if (event.target.closest('[data-close-panel]')) close();
  });

  // Beside the draft.
  // It stays open where the page has to be loaded again, because other requirements ask other questions.
  var place = 'requirements ' + location.pathname;
  function close() { panel.hidden = true; panel.parentNode.classList.remove('with-drawer'); sessionStorage.removeItem(place); if (opener) { opener.setAttribute('aria-expanded', 'false'); opener.focus(); } }
  if (beside && opener) {
    opener.setAttribute('role', 'button');
    opener.setAttribute('aria-expanded', 'false');
    var show = function () {
      get(opener.getAttribute('href')).then(function (found) {
        if (!found || !found.ok) { location.href = opener.href; return; }
        panel.hidden = false;
        panel.parentNode.classList.add('with-drawer');
        opener.setAttribute('aria-expanded', 'true');
        sessionStorage.setItem(place, '1');
        put(found, null, true);
      });
    };
    opener.addEventListener('click', function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (panel.hidden) show(); else close();
    });
    if (sessionStorage.getItem(place)) show();
    panel.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && !event.isComposing) { event.stopPropagation(); close(); }
    });
  }

  // Dragging is one more way to 上移 and 下移.
  var dragged = null;
  function row(event) { return event.target.closest && event.target.closest('[data-order] > li'); }
  function unmark() {
    Array.prototype.forEach.call(panel.querySelectorAll('.before, .behind, .dragged'), function (one) { one.classList.remove('before', 'behind', 'dragged'); });
  }
  panel.addEventListener('dragstart', function (event) {
    dragged = row(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
    dragged.classList.add('dragged');
  });
  panel.addEventListener('dragover', function (event) {
    var over = row(event);
    if (!dragged || !over) return;
    event.preventDefault();
    var box = over.getBoundingClientRect(), behind = event.clientY > box.top + box.height / 2;
    unmark();
    dragged.classList.add('dragged');
    if (over !== dragged) over.classList.add(behind ? 'behind' : 'before');
  });
  panel.addEventListener('drop', function (event) {
    var over = row(event);
    if (!dragged || !over) return;
    event.preventDefault();
    event.stopPropagation();
    if (over !== dragged) {
      over.parentNode.insertBefore(dragged, over.classList.contains('behind') ? over.nextSibling : over);
      var names = Array.prototype.map.call(panel.querySelectorAll('[data-order] > li'), function (one) { return ['order', one.dataset.name]; });
      send(dragged.closest('form'), names, null);
    }
    unmark();
    dragged = null;
  });
  panel.addEventListener('dragend', function () { unmark(); dragged = null; });
  dress();
}());
