// The page a speech is written on: sends what was typed, shows what it comes to, and loses nothing.
(function () {
  'use strict';
  var form = document.getElementById('answers');
  if (!form) return;
  document.body.classList.add('scripted');
  var id = form.dataset.id, paper = form.dataset.paper, since = +form.dataset.revision, here = '/write/' + id;
  var store = 'write-' + id;
  // Each time the page is loaded it is another window: what the last one still sent, after this one was made, is news here.
  var tab = Math.random().toString(36).slice(2) + Date.now().toString(36), fresh = true;
  var byId = document.getElementById.bind(document);
  var kept = byId('kept'), pages = byId('pages'), sheets = byId('sheets'), stage = byId('stage'), css = byId('paper-css');

  // ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────
  function question(node) { return node && node.closest ? node.closest('.q') : null; }
  function fields(q) { return Array.prototype.slice.call(q.querySelectorAll('[name^="a."]')); }
  function first(q) { var all = fields(q); return all.filter(function (f) { return f.checked; })[0] || all[0]; }
  function all() { return Array.prototype.slice.call(form.querySelectorAll('.q')).filter(function (q) { return !q.hidden; }); }
  function value(q) {
    var found = fields(q);
    if (found[0].type !== 'radio') return found[0].value;
    var on = found.filter(function (f) { return f.checked; })[0];
    return on ? on.value : '';
  }
  function put(q, words) {
    fields(q).forEach(function (f) {
      if (f.type === 'radio') f.checked = f.value === words; else if (f.value !== words) { f.value = words; grow(f); }
    });
  }
  function grow(field) {
    if (field.tagName !== 'TEXTAREA') return;
    field.style.height = 'auto';
    field.style.height = Math.min(field.scrollHeight + 2, 400) + 'px';
    field.style.overflow = field.scrollHeight > 400 ? 'auto' : 'hidden';
  }
  function go(q) {
    if (!q) return;
    first(q).focus({ preventScroll: true });
    q.scrollIntoView({ block: 'nearest' });
  }
  function step(q, by, open) {
    var list = all(), at = list.indexOf(q);
    for (var n = at + by; n >= 0 && n < list.length; n += by) {
      if (!open || !list[n].classList.contains('answered')) return list[n];
    }
    if (open) for (n = by > 0 ? 0 : list.length - 1; n !== at && n >= 0 && n < list.length; n += by) {
      if (!list[n].classList.contains('answered')) return list[n];
    }
    return null;
  }

  // ── keeping ────────────────────────────────────────────────────────────────────────────────────────────────────
  var pending = {}, template = null, sending = false, timer = 0, lost = false, waiting = [], savedAt = kept.textContent.replace('存好了 ', '');
  function remember() {
    try {
      if (Object.keys(pending).length) localStorage.setItem(store, JSON.stringify(pending)); else localStorage.removeItem(store);
    } catch (error) { /* no room: the page still has it */ }
  }
  function typed(q) {
    pending[q.dataset.name] = value(q);
    remember();
    if (!lost) tell('正在存……');
    plan(10);
  }
  function plan(ms) { clearTimeout(timer); timer = setTimeout(send, ms); }
  function tell(text, bad) { kept.textContent = text; kept.classList.toggle('bad', !!bad); }
  function body(batch) {
    var data = new URLSearchParams();
    data.set('by', tab);
    data.set('since', since);
    Object.keys(batch).forEach(function (name) { data.set('a.' + name, batch[name]); });
    if (template !== null) data.set('template', template);
    return data;
  }
  function send() {
    if (sending) return;
    if (!Object.keys(pending).length && template === null) { done(); return; }
    sending = true;
    var batch = Object.assign({}, pending), dress = template;
    fetch(here + '/typed?paper=' + paper, { method: 'POST', body: body(batch), headers: { 'X-Desk': '1' } }).then(function (answer) {
      if (answer.status === 422 || answer.status === 404) return answer.text().then(function (html) { swap(byId('problems'), html); throw new Error('refused'); });
      if (!answer.ok) throw new Error('gone');
      return answer.json().then(show);
    }).then(function () {
      Object.keys(batch).forEach(function (name) { if (pending[name] === batch[name]) delete pending[name]; });
      if (template === dress) template = null;
      remember();
      if (lost) { lost = false; window.said('起草台又连上了，刚才打的字都补上了。'); }
      sending = false;
      if (Object.keys(pending).length || template !== null) { plan(0); return; }
      tell('存好了 ' + savedAt);
      done();
    }).catch(function (error) {
      sending = false;
      if (error.message === 'refused') { // what was typed is not thrown away here: it may be wanted once the reason is gone
        tell('没有存上，先记在这个浏览器里了；为什么，写在稿子上面。', true);
        plan(5000);
        done();
        return;
      }
      if (!lost) document.dispatchEvent(new Event('desk:lost'));
      lost = true;
      tell('没有存到起草台里，先记在这个浏览器里了；起草台打开以后会自己补上。', true);
      plan(3000);
    });
  }
  function done() { var list = waiting; waiting = []; list.forEach(function (f) { f(); }); }
  function whenKept(f) { waiting.push(f); clearTimeout(timer); send(); }
  document.addEventListener('desk:back', function () { plan(0); });
  addEventListener('pagehide', function () {
    if (Object.keys(pending).length) navigator.sendBeacon(here + '/typed?paper=' + paper, body(pending));
  });
  function look() {
    if (document.hidden || sending || lost || Object.keys(pending).length) return;
    fetch(here + '/news?paper=' + paper + '&since=' + since + '&by=' + tab, { headers: { 'X-Desk': '1' } }).then(function (answer) {
      if (answer.status === 200) return answer.json().then(show);
    }).then(function () { fresh = false; }).catch(function () { /* told when something is typed, or by the page's own beat */ });
  }
  setInterval(look, 3000);
  document.addEventListener('desk:changed', look); // requirements, beside
  document.addEventListener('visibilitychange', look);
  addEventListener('focus', look);
  addEventListener('pageshow', function (event) { if (event.persisted) look(); });

  function names() {
    var list = Array.prototype.slice.call(form.querySelectorAll('.q'));
    list.sort(function (a, b) { return a.id < b.id ? -1 : 1; });
    return list.map(function (q) { return q.dataset.name; }).join('\n');
  }

  // ── showing ────────────────────────────────────────────────────────────────────────────────────────────────────
  function show(news) {
    since = Math.max(since, news.revision);
    savedAt = news.saved;
    byId('title').textContent = byId('title').title = news.papers[paper].title || '讲话稿';
    document.title = (news.papers[paper].title || '写稿') + ' · 起草台';
    byId('characters').textContent = news.characters.toLocaleString('en-US');
    byId('time').textContent = news.time;
    var left = byId('left');
    left.textContent = '';
    if (news.blanks) {
      var link = left.appendChild(document.createElement('a'));
      link.href = '#answers';
      link.dataset.nextOpen = '';
      link.textContent = '还有 ' + news.blanks + ' 处没填';
    } else left.textContent = '都填好了';
    byId('answered').textContent = '填了 ' + news.answered + ' / ' + news.asked;
    byId('progress').max = news.asked || 1;
    byId('progress').value = news.answered;
    if (template === null) byId('template').value = news.template;
    swap(byId('notes'), news.notes);
    swap(byId('problems'), news.problems);
    if (news.names.join('\n') !== names()) { location.reload(); return; } // other requirements ask other questions
    Object.keys(news.questions).forEach(function (key) { shown(byId(key), news.questions[key], news.news[key]); });
    document.querySelectorAll('.sheets .tabs a').forEach(function (a, n) {
      a.querySelector('.name').textContent = news.papers[n].title;
      var count = a.querySelector('.count');
      if (count) { count.textContent = news.papers[n].blanks; count.hidden = !news.papers[n].blanks; }
    });
    var at = question(document.activeElement);
    if (at) at.scrollIntoView({ block: 'nearest' });
    if (!news.problems) sheet(news.sheet);
    document.dispatchEvent(new CustomEvent('desk:written', { detail: { id: id, paper: paper, revision: since } }));
  }
  function swap(node, html) { if (node.dataset.html !== html) { node.dataset.html = html; node.innerHTML = html; } }
  function shown(q, now, theirs) {
    if (!q) return;
    q.hidden = !now.due;
    ['open', 'answered', 'wrong', 'doubt'].forEach(function (state) { q.classList.toggle(state, state === now.state); });
    var field = first(q), name = q.dataset.name;
    if (field.type === 'text') field.setAttribute('aria-invalid', now.state === 'wrong' ? 'true' : 'false');
    var mine = name in pending || (document.activeElement && question(document.activeElement) === q && composing);
    if (theirs !== undefined && !mine && value(q) !== theirs) {
      put(q, theirs);
      q.classList.add('news');
      if (!fresh) window.said(document.body.dataset.answered ? '“' + name + '”的回答改好了。' : '另一个窗口改了“' + name + '”。');
      delete document.body.dataset.answered;
    } else if (now.usual !== undefined && !mine && value(q) !== now.usual) put(q, now.usual);
    var note = byId('n-' + q.id);
    if (!note.contains(document.activeElement)) swap(note, now.note);
    field.setAttribute('aria-describedby', 'n-' + q.id);
  }

  // ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────
  var last = '';
  var measure = document.body.appendChild(document.createElement('div'));
  measure.id = 'measure';
  measure.setAttribute('aria-hidden', 'true');
  function sheet(now) {
    if (css.getAttribute('href') !== now.css) {
      var other = document.createElement('link');
      other.rel = 'stylesheet';
      other.id = 'paper-css';
      other.onload = function () { css.remove(); css = other; cut(now); };
      other.href = now.css;
      css.id = '';
      css.after(other);
      last = now.css + now.body;
      return;
    }
    if (now.css + now.body === last) return;
    last = now.css + now.body;
    cut(now);
  }
  function cut(now) {
    var flow = document.createElement('div'), box = document.createElement('div'), made = document.createElement('div');
    box.className = 'a4';
    flow.className = 'paper';
    flow.innerHTML = now.body;
    box.appendChild(flow);
    box.appendChild(made);
    measure.appendChild(box);
    var count = 1;
    if (now.paged) { count = window.cutIntoPages(flow, made, now.number); } else { made.appendChild(flow.cloneNode(true)); }
    measure.removeChild(box);
    pages.textContent = '';
    while (made.firstChild) pages.appendChild(made.firstChild);
    byId('pages-count').textContent = count;
    fit();
    mark();
    document.dispatchEvent(new CustomEvent('desk:sheet', { detail: { pages: pages } }));
  }
  function fit() {
    pages.style.transform = 'none';
    var wide = pages.firstElementChild ? pages.firstElementChild.offsetWidth : 1, css = getComputedStyle(sheets);
    var room = sheets.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight);
    var scale = Math.max(0.3, Math.min(1.15, room / wide));
    pages.style.transform = 'scale(' + scale + ')';
    stage.style.width = Math.ceil(wide * scale) + 'px';
    stage.style.height = Math.ceil(pages.offsetHeight * scale) + 'px';
  }
  addEventListener('resize', fit);
  if (window.ResizeObserver) new ResizeObserver(fit).observe(sheets);
  var margin = byId('margin'); // takes little room while there is nothing to decide
  function bare() { margin.classList.toggle('bare', !margin.querySelector('.finding')); }
  if (window.MutationObserver) new MutationObserver(bare).observe(margin, { childList: true, subtree: true });
  bare();
  function places(key) {
    return Array.prototype.filter.call(pages.querySelectorAll('a[href="#' + key + '"]'), function (a) {
      var window_ = a.closest('.cut');
      if (!window_) return true;
      var box = window_.getBoundingClientRect(), own = a.getBoundingClientRect();
      return own.top >= box.top - 2 && own.bottom <= box.bottom + 2;
    });
  }
  var current = '';
  function mark(reveal) {
    pages.querySelectorAll('a.here').forEach(function (a) { a.classList.remove('here'); });
    document.querySelectorAll('.q.here').forEach(function (q) { q.classList.toggle('here', q.id === current); });
    if (!current) return;
    var found = places(current), box = sheets.getBoundingClientRect();
    found.forEach(function (a) { a.classList.add('here'); });
    if (!reveal || !found.length || sheets.scrollHeight <= sheets.clientHeight + 1) return;
    var seen = found.some(function (a) { var r = a.getBoundingClientRect(); return r.top >= box.top && r.bottom <= box.bottom; });
    if (!seen) sheets.scrollTop += found[0].getBoundingClientRect().top - box.top - box.height / 3;
  }
  function reveal(key) {
    current = key;
    mark(true);
    var found = places(key)[0];
    if (found && sheets.scrollHeight <= sheets.clientHeight + 1) found.scrollIntoView({ block: 'center' });
    return found;
  }

  // ── what somebody does ─────────────────────────────────────────────────────────────────────────────────────────
  var composing = false;
  form.addEventListener('compositionstart', function () { composing = true; });
  form.addEventListener('compositionend', function (event) { composing = false; var q = question(event.target); if (q) typed(q); });
  form.addEventListener('input', function (event) {
    grow(event.target);
    var q = question(event.target);
    if (q && event.target.name.slice(0, 2) === 'a.' && !event.isComposing && !composing) typed(q);
  });
  form.addEventListener('focusin', function (event) {
    var q = question(event.target);
    if (!q || event.target.name === undefined) return;
    current = q.id;
    q.classList.add('here');
    mark(true);
  });
  form.addEventListener('keydown', function (event) {
    if (event.isComposing || event.keyCode === 229 || event.key !== 'Enter') return;
    var q = question(event.target), field = event.target;
    if (!q || field.tagName === 'BUTTON' || field.tagName === 'SUMMARY' || field.tagName === 'A') return;
    var long = field.tagName === 'TEXTAREA' && q.dataset.kind !== 'line';
    if (long && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    var next = step(q, event.shiftKey ? -1 : 1);
    if (next) go(next); else if (!event.shiftKey) document.querySelector('[data-make=main]').focus();
  });
  byId('made').addEventListener('keydown', function (event) { // the focus stays within while it is open
    if (event.key !== 'Tab') return;
    var list = byId('made').querySelectorAll('a[href], button'), end = list[event.shiftKey ? 0 : list.length - 1];
    if (document.activeElement === end) { event.preventDefault(); list[event.shiftKey ? list.length - 1 : 0].focus(); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (!byId('made').hidden && event.key !== 'Escape') return;
    if (event.key === 'F8') {
      event.preventDefault();
      go(step(question(document.activeElement), event.shiftKey ? -1 : 1, true));
    } else if (event.key === 'F9') {
      event.preventDefault();
      document.querySelector('[data-make=main]').click();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      whenKept(function () { window.said('每打一个字都存了，不用再存。'); });
    } else if (event.key === 'Escape') {
      if (!byId('made').hidden) { shut(); return; }
      var q = question(document.activeElement), found = q && reveal(q.id);
      if (found) { event.preventDefault(); found.focus({ preventScroll: true }); }
    }
  });
  document.addEventListener('click', function (event) {
    var target = event.target.closest ? event.target : event.target.parentElement;
    var link = target.closest('a[href^="#q"], a[data-go]'), to = target.closest('a.to'), choice = target.closest('[data-put]');
    if (target.closest('[data-close]')) { shut(); return; }
    if (target.closest('[data-next-open]')) {
      event.preventDefault();
      var open = pages.querySelector('a.open'), q = open && byId(open.getAttribute('href').slice(1));
      var here_ = byId(current);
      go(here_ && step(here_, 1, true) || (q && !q.hidden ? q : step(null, 1, true)));
    } else if (link) {
      event.preventDefault();
      shut();
      go(byId(link.dataset.go || link.getAttribute('href').slice(1)));
    } else if (to) {
      event.preventDefault();
      if (!reveal(question(to).id)) window.said(document.querySelector('.sheets .tabs') ? '这一份里没有用到这一项，看看别的那份。' : '稿子里现在没有用到这一项。');
    } else if (choice && question(choice)) {
      event.preventDefault();
      var asked = question(choice);
      first(asked).focus();
      put(asked, choice.dataset.put);
      typed(asked);
    }
  });
  byId('template').addEventListener('change', function () { template = this.value; tell('正在换版式……'); plan(0); });

  // ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    var button = event.submitter;
    if (!button || !button.hasAttribute('data-make')) { plan(0); return; }
    var address = button.getAttribute('formaction');
    button.disabled = true;
    tell('正在做文件……');
    whenKept(function () {
      fetch(address, { method: 'POST', body: new URLSearchParams({ by: tab }), headers: { 'X-Desk': '1' } }).then(function (answer) {
        return answer.text().then(function (html) {
          button.disabled = false;
          if (answer.ok) tell('存好了 ' + savedAt); else tell('文件没有做成', true);
          byId('made-body').innerHTML = html;
          opener = button;
          byId('made').hidden = false;
          byId('made').querySelector('[data-close]').focus();
          var files = byId('made').querySelectorAll('a[download]');
          if (!answer.ok || !files.length) return;
          var file = files[Math.min(+paper, files.length - 1)];
          file.click();
          window.said('已经开始下载：' + file.getAttribute('download') + (files.length > 1 ? '。另外 ' + (files.length - 1) + ' 份，点各自的“下载”。' : ''));
        });
      }).catch(function () {
        button.disabled = false;
        document.dispatchEvent(new Event('desk:lost'));
        tell('文件没有做成，起草台没有回应。', true);
      });
    });
  });
  var opener = null;
  function shut() {
    if (byId('made').hidden) return;
    byId('made').hidden = true;
    if (opener) opener.focus();
  }

  // ── begun ──────────────────────────────────────────────────────────────────────────────────────────────────────
  form.querySelectorAll('textarea').forEach(grow);
  var flow = byId('flow');
  last = css.getAttribute('href') + flow.innerHTML;
  cut({ body: flow.innerHTML, number: pages.dataset.number, paged: pages.dataset.paged });
  try {
    var held = JSON.parse(localStorage.getItem(store) || '{}');
    Object.keys(held).forEach(function (name) {
      var q = all().concat(Array.prototype.slice.call(form.querySelectorAll('.q[hidden]'))).filter(function (one) { return one.dataset.name === name; })[0];
      if (q) { put(q, held[name]); pending[name] = held[name]; }
    });
  } catch (error) { localStorage.removeItem(store); }
  form.querySelectorAll('textarea[name^="a."], input[type=text][name^="a."]').forEach(function (f) {
    if (f.value !== f.defaultValue) pending[question(f).dataset.name] = f.value; // typed before this script was here
  });
  if (Object.keys(pending).length) { remember(); plan(0); } else look();
  if (location.hash.slice(0, 2) === '#q') go(byId(location.hash.slice(1)));
  else if (!question(document.activeElement)) go(step(null, 1, true));
}());
