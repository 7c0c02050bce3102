// The editor of outlines: CodeMirror over the text area, findings at their lines while one types, what may be typed, what a
// word means, the pages beside. Everything is kept on the desk at every pause of the keys; without script the form does the same.
(function () {
  'use strict';
  var form = document.getElementById('editor'), area = document.getElementById('text');
  if (!form || !window.CM) return;
  var at = form.dataset.at, nonce = form.dataset.nonce, state = document.getElementById('state');
  var list = document.getElementById('faults'), sum = document.getElementById('sum'), frame = document.getElementById('pages');
  var saved = area.defaultValue, faults = [], timer = 0, sent = 0, plainly = false;

  function tell(text, bad) { state.textContent = text; state.classList.toggle('bad', !!bad); }

  function post(where, more) {
    var body = new FormData();
    body.set('text', view.state.doc.toString());
    body.set('window', form.elements.window.value);
    body.set('was', form.elements.was.value);
    Object.keys(more || {}).forEach(function (key) { body.set(key, more[key]); });
    return fetch(at + '/' + where, { method: 'POST', body: body, headers: { 'X-Desk': '1' } }).then(function (answer) {
      if (!answer.ok) return answer.text().then(function (text) { throw new Error(text); });
      return answer.json();
    });
  }

  function lost(error) {
    if (error instanceof TypeError) {
      document.dispatchEvent(new Event('desk:lost'));
      tell('连不上起草台，刚才的字还没有留住', true);
    } else tell('没有做成', true);
  }

  // ── places: [line, character] from 0, as the desk counts ─────────────────────────────────────────────────────────
  function offset(doc, place) {
    if (place[0] >= doc.lines) return doc.length;
    var line = doc.line(place[0] + 1);
    return Math.min(line.from + place[1], line.to);
  }
  function place(doc, pos) {
    var line = doc.lineAt(pos);
    return { line: line.number - 1, character: pos - line.from };
  }

  // ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────
  var LEVELS = { error: 'error', warning: 'warning', advice: 'hint' };

  function mend(fault) {
    var doc = view.state.doc, from = offset(doc, fault.start), to = offset(doc, fault.end);
    view.dispatch({ changes: { from: from, to: to, insert: fault.instead }, selection: { anchor: from + fault.instead.length }, userEvent: 'input' });
    view.focus();
  }

  function mark() {
    var doc = view.state.doc;
    view.dispatch(CM.setDiagnostics(view.state, faults.map(function (fault) {
      return {
        from: offset(doc, fault.start), to: Math.max(offset(doc, fault.start), offset(doc, fault.end)),
        severity: LEVELS[fault.level] || 'warning', message: fault.message,
        actions: fault.instead === null ? [] : [{ name: fault.way, apply: function () { mend(fault); } }],
      };
    })));
  }

  function show() {
    var errors = faults.filter(function (fault) { return fault.level === 'error'; }).length;
    sum.textContent = errors ? '有 ' + errors + ' 处错，改好才能用' + (faults.length > errors ? '；另有 ' + (faults.length - errors) + ' 处请看看' : '')
      : faults.length ? '没有错；有 ' + faults.length + ' 处请看看' : '没有看出问题';
    sum.className = 'sum' + (errors ? ' error' : '');
    list.textContent = '';
    faults.forEach(function (fault) {
      var row = document.createElement('li'), go = document.createElement('button'), words = document.createElement('span');
      row.className = fault.level;
      go.type = 'button'; go.className = 'link at'; go.textContent = '第 ' + fault.line + ' 行';
      go.addEventListener('click', function () { jump(fault); });
      words.className = 'words'; words.textContent = ' ' + fault.message + (fault.elsewhere ? '（在“' + fault.elsewhere + '”里）' : '') + ' ';
      row.append(go, words);
      if (fault.instead !== null) {
        var mender = document.createElement('button');
        mender.type = 'button'; mender.className = 'small'; mender.textContent = fault.way;
        mender.addEventListener('click', function () { mend(fault); });
        row.append(mender);
      }
      if (fault.rule) {
        var keeper = document.createElement('button');
        keeper.type = 'button'; keeper.className = 'small'; keeper.textContent = '不改';
        keeper.addEventListener('click', function () {
          post('keep', { rule: fault.rule, line: fault.start[0], character: fault.start[1] }).then(look).catch(lost);
        });
        row.append(' ', keeper);
      }
      list.append(row);
    });
  }

  function jump(fault) {
    var doc = view.state.doc;
    view.dispatch({
      selection: { anchor: offset(doc, fault.start), head: offset(doc, fault.end) },
      effects: CM.EditorView.scrollIntoView(offset(doc, fault.start), { y: 'center' }),
    });
    view.focus();
  }

  function look() {
    var asked = ++sent;
    clearTimeout(timer);
    timer = 0;
    post('look').then(function (told) {
      if (asked !== sent) return;
      faults = told.faults;
      gloss(told.words);
      mark();
      show();
      if (frame && frame.contentWindow && frame.contentWindow.newPages) frame.contentWindow.newPages(told.pages);
      if (view.state.doc.toString() !== saved) tell('还没有存；打的字都留着（' + told.kept + '）');
    }).catch(lost);
  }
  document.addEventListener('desk:back', look);

  // ── what may be typed, and what a word means ─────────────────────────────────────────────────────────────────────
  var KINDS = { field: 'variable', filter: 'function', word: 'keyword', outline: 'class', value: 'enum' };

  function complete(context) {
    var before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
    if (!context.explicit && /[，。；：、！？\s]/.test(before) && before !== ' ') return null;
    return post('offers', place(context.state.doc, context.pos)).then(function (told) {
      if (!told.offers.length) return null;
      var doc = context.state.doc, from = offset(doc, told.offers[0].start);
      return {
        from: from, to: offset(doc, told.offers[0].end), validFor: /^[\w\u3400-\u9fff-]*$/,
        options: told.offers.map(function (one, n) {
          return { label: one.label, detail: one.detail, apply: one.text, type: KINDS[one.kind], boost: -Math.min(n, 99) };
        }),
      };
    }).catch(function () { return null; });
  }

  function hover(view, pos) {
    return post('meaning', place(view.state.doc, pos)).then(function (told) {
      if (!told.html) return null;
      return {
        pos: offset(view.state.doc, told.start), end: offset(view.state.doc, told.end), above: true,
        create: function () {
          var box = document.createElement('div');
          box.className = 'meaning';
          box.innerHTML = told.html; // made by the desk out of words it has escaped
          return { dom: box };
        },
      };
    }).catch(function () { return null; });
  }

  // ── saving ───────────────────────────────────────────────────────────────────────────────────────────────────────
  function save() {
    var text = view.state.doc.toString();
    tell('正在存……');
    post('save').then(function (told) {
      if (!told.saved) { plainly = true; form.requestSubmit(form.querySelector('[name=do][value=save]')); return; }
      form.elements.was.value = told.was;
      saved = text;
      var errors = faults.some(function (fault) { return fault.level === 'error'; });
      tell('存好了（' + told.when + '）' + (errors ? '；还有错，改好才能用' : ''));
      document.querySelectorAll('.notice.info.other').forEach(function (notice) { notice.remove(); });
      if (text !== view.state.doc.toString()) changed();
    }).catch(lost);
    return true;
  }

  function changed() {
    area.value = view.state.doc.toString();
    clearTimeout(timer);
    timer = setTimeout(look, 100);
  }

  // ── the editor itself ────────────────────────────────────────────────────────────────────────────────────────────
  var PHRASES = {
    'Find': '找', 'Replace': '换成', 'next': '下一处', 'previous': '上一处', 'all': '全选', 'match case': '分大小写', 'by word': '整词',
    'regexp': '样式', 'replace': '换', 'replace all': '全换', 'close': '关', 'Completions': '可以写的', 'No diagnostics': '没有问题', 'Diagnostics': '要看的地方',
    'replaced $ matches': '换了 $ 处', 'replaced match on line $': '换了第 $ 行的', 'on line': '在第', 'current match': '现在这一处',
  };
  var tags = CM.tags;
  var colours = CM.HighlightStyle.define([
    { tag: tags.definition(tags.propertyName), color: '#7c1414' },
    { tag: tags.comment, color: '#6a655c' },
    { tag: [tags.separator, tags.punctuation, tags.squareBracket], color: '#6a655c' },
  ]);
  var BLANK = /【[^【】\n]*】/g;
  var blanks = CM.StateField.define({
    create: function (state) { return shade(state.doc.toString()); },
    update: function (was, change) { return change.docChanged ? shade(change.state.doc.toString()) : was; },
    provide: function (field) { return CM.EditorView.decorations.from(field); },
  });
  function shade(text) {
    var found, out = [];
    BLANK.lastIndex = 0;
    while ((found = BLANK.exec(text))) out.push(CM.Decoration.mark({ class: 'blank' }).range(found.index, found.index + found[0].length));
    return CM.Decoration.set(out);
  }

  // What the words before colons mean, behind them: they are not part of the text.
  var glossed = CM.StateEffect.define();
  var glosses = CM.StateField.define({
    create: function () { return CM.Decoration.none; },
    update: function (was, change) {
      var now = was.map(change.changes);
      change.effects.forEach(function (effect) { if (effect.is(glossed)) now = effect.value; });
      return now;
    },
    provide: function (field) { return CM.EditorView.decorations.from(field); },
  });
  function gloss(words) {
    var doc = view.state.doc, out = [];
    words.forEach(function (one) {
      var from = offset(doc, [one[0], one[1]]), to = offset(doc, [one[0], one[2]]);
      if (from < to) out.push(CM.Decoration.mark({ class: 'word', attributes: { 'data-said': one[3] } }).range(from, to));
    });
    view.dispatch({ effects: glossed.of(CM.Decoration.set(out)) });
  }

  var view = new CM.EditorView({
    parent: area.parentNode,
    state: CM.EditorState.create({
      doc: area.value,
      extensions: [
        CM.EditorView.cspNonce.of(nonce),
        CM.EditorState.phrases.of(PHRASES),
        CM.EditorView.contentAttributes.of({ 'aria-label': document.querySelector('label[for=text]').textContent, spellcheck: 'false', lang: 'zh-CN', tabindex: '0' }),
        CM.lineNumbers(), CM.lintGutter(), CM.highlightActiveLine(), CM.highlightActiveLineGutter(), CM.history(), CM.drawSelection(),
        CM.EditorView.lineWrapping, CM.indentUnit.of('  '),
        CM.yaml(), CM.syntaxHighlighting(colours), blanks, glosses,
        CM.autocompletion({ override: [complete], icons: false }), CM.hoverTooltip(hover, { hoverTime: 400 }),
        CM.search({ top: true }),
        CM.keymap.of([{ key: 'Mod-s', run: save, preventDefault: true }].concat(CM.completionKeymap, CM.searchKeymap, CM.historyKeymap, CM.lintKeymap, CM.defaultKeymap)),
        CM.EditorView.updateListener.of(function (update) { if (update.docChanged) changed(); }),
      ],
    }),
  });
  area.parentNode.insertBefore(view.dom, area);
  if (document.activeElement === area) { // somebody was quicker than the script
    view.dispatch({ selection: { anchor: Math.min(area.selectionStart, view.state.doc.length) } });
    view.focus();
  }
  area.hidden = true;
  document.getElementById('look').hidden = true;

  form.addEventListener('submit', function (event) {
    area.value = view.state.doc.toString();
    if (event.submitter && event.submitter.value === 'save' && !plainly) { event.preventDefault(); save(); }
  });
  document.getElementById('drop').addEventListener('submit', function () { clearTimeout(timer); timer = 0; });
  // What was typed in the last moment before the page goes is kept too.
  addEventListener('pagehide', function () {
    if (!timer) return;
    var body = new FormData(form);
    body.set('text', view.state.doc.toString());
    navigator.sendBeacon(at + '/look', body);
  });
  look();
}());
