// The proof-reader's findings: cards stand beside their line, a click on words shows their card and the other way round, keys go from one
// to the next, and a decision is made without the page going away. Without this script the same forms and links do it.
(function () {
  'use strict';

  function all(root, what) { return Array.prototype.slice.call(root.querySelectorAll(what)); }
  function wide() { return matchMedia('(min-width: 70.01rem)').matches; }

  // `area` is where the words stand, which is the root itself where pages and cards are one; `address` where cards are asked for.
  function Findings(root, area, address) {
    this.root = root;
    this.area = area || root;
    this.address = address || '';
    this.level = '';
    this.bind();
    if (!address) this.refresh('');
  }

  Findings.prototype = {
    cards: function () { return all(this.root, '.finding'); },
    shown: function () { return this.cards().filter(function (card) { return !card.classList.contains('filtered'); }); },
    card: function (number) { return this.root.querySelector('.finding[data-number="' + number + '"]'); },
    words: function (number) {
      return all(this.area, '[data-of]').filter(function (word) { return (' ' + word.dataset.of + ' ').indexOf(' ' + number + ' ') >= 0; });
    },

    // After the pages or the cards are new: what was looked at, by its fingerprint, or the next that is open.
    refresh: function (known, at) {
      all(this.root, '[data-filters],[data-steps]').forEach(function (one) { one.hidden = false; });
      this.root.classList.add('scripted');
      this.filter(this.level);
      var cards = this.shown(), here = cards.filter(function (card) { return card.dataset.known === known; })[0];
      if (here && here.classList.contains('done')) {
        var after = cards.slice(cards.indexOf(here) + 1).concat(cards).filter(function (card) { return !card.classList.contains('done'); });
        here = after[0] || here;
      }
      if (here && at) this.show(here.dataset.number, at === 'focus'); else this.place();
    },

    filter: function (level) {
      this.level = level;
      all(this.root, '[data-filter]').forEach(function (button) { button.setAttribute('aria-pressed', String(button.dataset.filter === level)); });
      if (level && !this.root.querySelector('[data-filter="' + level + '"]')) return this.filter('');
      this.cards().forEach(function (card) { card.classList.toggle('filtered', !!level && (card.dataset.level !== level || card.classList.contains('done'))); });
      all(this.area, '.fault').forEach(function (word) { word.classList.toggle('off', !!level && !word.classList.contains(level)); });
      this.place();
    },

    // Shows a card: opened, beside its words, both in sight.
    show: function (number, focus, still) {
      var card = this.card(number), words = this.words(number);
      if (!card) return;
      all(this.root, '.finding.here').concat(all(this.area, '[data-of].here')).forEach(function (one) { one.classList.remove('here'); });
      card.classList.add('here');
      words.forEach(function (word) { word.classList.add('here'); });
      this.place();
      if (words[0] && !still) {
        var box = words[0].getBoundingClientRect(), high = wide() ? innerHeight * 0.75 : innerHeight * 0.5;
        if (box.top < 130 || box.bottom > high) words[0].scrollIntoView({ block: wide() ? 'center' : 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
      }
      if (this.address) card.scrollIntoView({ block: 'nearest' });
      if (focus) card.querySelector('.about').focus({ preventScroll: true });
    },

    step: function (by) {
      var cards = this.shown().filter(function (card) { return !card.classList.contains('done') || card.classList.contains('here'); });
      if (!cards.length) return;
      var at = cards.findIndex(function (card) { return card.classList.contains('here'); });
      var next = cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : (at + by + cards.length) % cards.length];
      this.show(next.dataset.number, true);
    },

    // Cards stand at the height of their words; the one looked at exactly, the others as near as there is room.
    place: function () {
      var list = this.root.querySelector('[data-cards]');
      if (!list || this.address) return;
      var cards = this.shown();
      list.classList.toggle('placed', wide());
      if (!wide()) { list.style.height = ''; cards.forEach(function (card) { card.style.top = ''; }); return; }
      var origin = list.getBoundingClientRect().top, tops = {};
      all(this.root, '[data-of]').forEach(function (word) {
        var top = word.getBoundingClientRect().top - origin;
        word.dataset.of.split(' ').forEach(function (number) { if (!(number in tops)) tops[number] = top; });
      });
      var rows = cards.map(function (card) {
        var top = tops[card.dataset.number];
        return { card: card, want: top === undefined ? 0 : Math.max(0, top), high: card.offsetHeight + 8, here: card.classList.contains('here') };
      });
      rows.sort(function (a, b) { return a.want - b.want || a.card.dataset.number - b.card.dataset.number; });
      var fixed = rows.findIndex(function (row) { return row.here; }), n, low;
      for (n = Math.max(fixed, 0), low = 0; n < rows.length; n++) { rows[n].top = Math.max(rows[n].want, low); low = rows[n].top + rows[n].high; }
      for (n = fixed - 1, low = fixed > 0 ? rows[fixed].top : 0; n >= 0; n--) { rows[n].top = Math.min(rows[n].want, low - rows[n].high); low = rows[n].top; }
      for (n = 0, low = 0; n < rows.length; n++) { rows[n].top = Math.max(rows[n].top, low); low = rows[n].top + rows[n].high; }
      rows.forEach(function (row) { row.card.style.top = row.top + 'px'; });
      list.style.height = low + 'px';
    },

    // Sends a decision and takes the answer's pages and cards.
    send: function (form, button) {
      var self = this, data = new FormData(form), card = form.closest('.finding'), known = card ? card.dataset.known : '';
      if (button && button.name) data.append(button.name, button.value);
      return fetch(form.action, { method: 'POST', body: new URLSearchParams(data), headers: { 'X-Desk': '1' } }).then(function (answer) {
        return answer.text().then(function (text) {
          if (!answer.ok) { window.said('没有改成，请再试一次。'); return; }
          self.take(text, known, 'focus');
          if (answer.headers.get('X-Answered')) { document.body.dataset.answered = '1'; dispatchEvent(new Event('focus')); } // the form asks what is new
        });
      }).catch(function () { document.dispatchEvent(new Event('desk:lost')); });
    },

    take: function (text, known, focus) {
      var at = scrollY, new_ = document.createElement('template');
      new_.innerHTML = text;
      var proof = new_.content.querySelector('[data-proof],[data-found]');
      this.root.replaceChildren.apply(this.root, this.address ? [proof] : Array.prototype.slice.call(proof.childNodes));
      if (!this.address) scrollTo(0, at);
      if (this.address) this.mark();
      this.refresh(known, focus);
    },

    // ── a draft that is being written: the cards are asked for, and the words marked in pages that others made ──

    ask: function () {
      var self = this;
      if (this.asking) this.asking.abort();
      this.asking = new AbortController();
      return fetch(this.address, { headers: { 'X-Desk': '1' }, signal: this.asking.signal }).then(function (answer) {
        return answer.text().then(function (text) {
          if (!answer.ok || self.root.contains(document.activeElement) && /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
          var here = self.root.querySelector('.finding.here'), known = here ? here.dataset.known : '';
          var inside = self.root.contains(document.activeElement);
          self.take(text, known, inside ? 'focus' : known ? 'still' : '');
        });
      }).catch(function () { /* another was asked for, or the page tells it */ });
    },

    mark: function () {
      var self = this;
      all(this.area, 'span[data-of]').forEach(function (old) {
        var parent = old.parentNode;
        if (old.dataset.was !== undefined) old.textContent = old.dataset.was;
        while (old.firstChild) parent.insertBefore(old.firstChild, old);
        old.remove();
        parent.normalize();
      });
      this.cards().reverse().forEach(function (card) { // from behind: what stands before keeps its place
        if (card.classList.contains('done') && card.dataset.instead === undefined) return;
        all(self.area, '[data-row="' + card.dataset.row + '"]').forEach(function (block) { wrap(block, card); });
      });
    },

    bind: function () {
      var self = this, root = this.root;
      function words(event) {
        var word = event.target.closest('[data-of]');
        if (word && self.card(word.dataset.of.split(' ')[0])) { if (!self.address) event.preventDefault(); self.show(self.next_of(word), false, true); }
        return word;
      }
      if (this.area !== root) this.area.addEventListener('click', words);
      root.addEventListener('click', function (event) {
        var about = event.target.closest('.about'), card = event.target.closest('.finding');
        var filter = event.target.closest('[data-filter]'), step = event.target.closest('[data-step]');
        if (filter) { self.filter(filter.dataset.filter); return; }
        if (step) { self.step(+step.dataset.step); return; }
        if (words(event)) return;
        if (about) { event.preventDefault(); self.show(card.dataset.number, true); return; }
        if (card && !card.classList.contains('here') && !event.target.closest('button,a,input,label,summary')) self.show(card.dataset.number, true);
      });
      root.addEventListener('submit', function (event) {
        event.preventDefault();
        self.send(event.target, event.submitter);
      });
      root.addEventListener('toggle', function () { self.place(); }, true);
      document.addEventListener('keydown', function (event) { self.key(event); });
      addEventListener('resize', function () { self.place(); });
      if (document.fonts && document.fonts.ready) document.fonts.ready.then(function () { self.place(); });
    },

    // Of words with several cards, those one after the other.
    next_of: function (word) {
      var self = this, numbers = word.dataset.of.split(' ').filter(function (number) { return self.card(number); });
      var here = numbers.findIndex(function (number) { return self.card(number).classList.contains('here'); });
      return numbers[(here + 1) % numbers.length] || word.dataset.of.split(' ')[0];
    },

    key: function (event) {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
      var at = event.target, field = at.closest && at.closest('input,textarea,select,[contenteditable]');
      if (field) { if (event.key === 'Escape' && this.root.contains(field)) { field.blur(); } return; }
      if (at !== document.body && !this.root.contains(at)) return;
      if (event.key === 'j' || event.key === 'k') { event.preventDefault(); this.step(event.key === 'j' ? 1 : -1); return; }
      var here = this.root.querySelector('.finding.here');
      if (!here || !/^[0-9]$/.test(event.key)) return;
      var ways = all(here, '.ways button'), want = event.key === '0' ? 'stay' : null;
      var button = want ? ways.filter(function (one) { return one.value === want; })[0] : ways.filter(function (one) { return one.value.indexOf('to:') === 0; })[+event.key - 1];
      if (button) { event.preventDefault(); button.click(); }
    }
  };

  // Puts an element around the letters of a block a card is about. A block that is cut between two pages is there twice; one whose words
  // are others by now is left alone.
  function wrap(block, card) {
    var start = +card.dataset.start, end = +card.dataset.end, at = 0, walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), found = [];
    if (end <= start) return;
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      var low = at;
      at += node.data.length;
      if (low < end && at > start) found.push([node, Math.max(0, start - low), Math.min(node.data.length, end - low)]);
      if (at >= end) break;
    }
    var instead = card.dataset.instead, said = found.map(function (part) { return part[0].data.slice(part[1], part[2]); }).join('');
    if (said !== card.dataset.words) return;
    found.forEach(function (part, n) {
      var range = document.createRange(), span = document.createElement('span');
      range.setStart(part[0], part[1]);
      range.setEnd(part[0], part[2]);
      span.className = instead === undefined ? 'fault ' + card.dataset.level : 'fault put';
      span.dataset.of = card.dataset.number;
      range.surroundContents(span);
      if (instead !== undefined) {
        span.dataset.was = span.textContent;
        span.title = '原来是“' + span.textContent + '”，下载的稿子里改好';
        span.textContent = n ? '' : instead;
      }
    });
  }

  window.Findings = Findings;
  function start() {
    all(document, '[data-proof]').forEach(function (root) { if (!root.findings) root.findings = new Findings(root); });
    var at = location.hash.match(/^#[fw](\d+)$/), root = document.querySelector('[data-proof]');
    if (at && root && root.findings) root.findings.show(at[1], true);
    draft();
  }

  // The margin of a draft: asked for once nobody has typed for a moment, so that the preview never waits for it.
  function draft() {
    var root = document.querySelector('aside[data-draft]'), pages = document.getElementById('pages'), timer = 0;
    if (!root || !pages) return;
    var found = new Findings(root, pages, '/write/' + root.dataset.draft + '/findings?paper=' + root.dataset.paper);
    function soon(ms) { clearTimeout(timer); timer = setTimeout(function () { found.ask(); }, ms); }
    document.addEventListener('desk:sheet', function () { found.mark(); soon(700); });
    document.addEventListener('desk:written', function () { soon(700); });
    soon(150);
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
}());
