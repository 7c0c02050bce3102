// Sugar of the list: what answers appears while one types, arrows go through it, a first page opens large over it.
(function () {
  'use strict';
  var form = document.querySelector('[data-choose]');
  if (!form) return;
  var field = form.querySelector('#q'), offers = document.getElementById('offers'), look = document.getElementById('look');
  var asked = field.value.trim(), waiting = 0, running = null;

  function query() {
    var out = new URLSearchParams();
    Array.prototype.forEach.call(form.elements, function (one) {
      if (!one.name || one.tagName === 'BUTTON' || one === field || (one.type === 'checkbox' && !one.checked)) return;
      if (out.getAll(one.name).indexOf(one.value) < 0) out.append(one.name, one.value);
    });
    return out;
  }

  // The address says it all: loading again, or coming back, shows the same.
  function address() {
    var wanted = query(), typed = field.value.trim();
    if (typed) wanted.set('q', typed);
    return '/choose' + (wanted.toString() ? '?' + wanted : '');
  }

  function load(then) {
    var wanted = address();
    asked = field.value.trim();
    if (running) running.abort();
    running = new AbortController();
    return fetch(wanted, { headers: { 'X-Desk': '1' }, signal: running.signal }).then(function (answer) {
      if (!answer.ok) throw new Error('refused');
      return answer.text();
    }).then(function (html) {
      offers.innerHTML = html;
      tell();
      history.replaceState(null, '', wanted);
      if (then) then();
    }).catch(function (error) {
      if (error.name !== 'AbortError') document.dispatchEvent(new Event('desk:lost'));
    });
  }

  function soon(event) {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(function () { if (field.value.trim() !== asked) load(); }, 120);
  }
  field.addEventListener('input', soon);
  field.addEventListener('compositionend', soon);

  // Which are ticked is told at the foot of the list, each to be taken away again; with none there is nothing to begin.
  function tell() {
    var chips = form.querySelector('[data-chips]'), count = 0;
    chips.textContent = '';
    Array.prototype.forEach.call(form.querySelectorAll('.together > p > .chip'), function (chip) {
      if (!chip.querySelector('input')) chip.remove(); else { chip.hidden = !chip.querySelector('input').checked; count += chip.hidden ? 0 : 1; }
    });
    Array.prototype.forEach.call(form.querySelectorAll('.offer input[name=outline]:checked'), function (one) {
      var chip = document.createElement('label');
      chip.className = 'plain chip';
      chip.htmlFor = one.id;
      chip.textContent = one.dataset.called + ' ×';
      chip.title = '去掉';
      chips.appendChild(chip);
      count += 1;
    });
    form.querySelector('[data-ticked]').textContent = '已选 ' + count + ' 篇：';
    form.querySelector('[data-together]').hidden = !count;
  }
  form.addEventListener('change', function (event) {
    var one = event.target;
    if (one.name !== 'outline') return;
    Array.prototype.forEach.call(form.querySelectorAll('input[name=outline]'), function (other) {
      if (other.value === one.value) other.checked = one.checked;
    });
    var row = one.closest('.offer');
    if (row) row.classList.toggle('ticked', one.checked);
    tell();
    history.replaceState(null, '', address());
  });

  // The tree: one branch open at a time, the list follows it.
  form.addEventListener('click', function (event) {
    var summary = event.target.closest('.tree summary');
    if (summary) {
      var branch = summary.parentNode;
      if (branch.open) return;
      Array.prototype.forEach.call(form.querySelectorAll('.tree details[open]'), function (other) { other.open = false; });
      var head = document.getElementById(branch.querySelector('a').hash.slice(1));
      if (head) head.scrollIntoView();
      return;
    }
    if (event.target.closest('[data-all]')) {
      event.preventDefault();
      field.value = '';
      load(function () { field.focus(); });
    }
    var first = event.target.closest('[data-look]');
    if (first && look.showModal && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(first.getAttribute('href'));
    }
  });

  function open(address) {
    fetch(address, { headers: { 'X-Desk': '1' } }).then(function (answer) {
      if (!answer.ok) throw new Error('refused');
      return answer.text();
    }).then(function (html) {
      look.innerHTML = html;
      look.showModal();
      look.scrollTop = 0;
      look.querySelector('button.main').focus();
    }).catch(function () { location.href = address; });
  }
  look.addEventListener('click', function (event) {
    if (event.target === look || event.target.closest('[data-close]')) { event.preventDefault(); look.close(); }
  });

  // Keys: / to the field, arrows through the list; Enter on a first page opens it, as on any link.
  function places() { return Array.prototype.slice.call(offers.querySelectorAll('.first')); }
  function step(from, key) {
    var all = places(), at = all.indexOf(from), box = from.getBoundingClientRect();
    if (key === 'ArrowRight') return all[at + 1];
    if (key === 'ArrowLeft') return all[at - 1] || field;
    var down = key === 'ArrowDown', best = null, least = Infinity;
    all.forEach(function (one) {
      var other = one.getBoundingClientRect(), far = (other.top - box.top) * (down ? 1 : -1);
      if (far > 20 && far + Math.abs(other.left - box.left) * 3 < least) { least = far + Math.abs(other.left - box.left) * 3; best = one; }
    });
    return best || (down ? null : field);
  }
  document.addEventListener('keydown', function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || look.open) return;
    var target = event.target, typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== 'checkbox';
    if (event.key === '/' && !typing) { event.preventDefault(); field.focus(); field.select(); return; }
    var next = null;
    if (target === field && event.key === 'ArrowDown') next = places()[0];
    else if (target.classList && target.classList.contains('first') && /^Arrow/.test(event.key)) next = step(target, event.key);
    else return;
    if (next) { event.preventDefault(); next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  });
  tell();
  addEventListener('pageshow', tell); // a browser that goes back puts ticks back by itself
}());
