// Pages of old papers: the paper cut into pages that fit beside the form, and looked at anew while somebody types.
(function () {
  'use strict';
  document.documentElement.classList.add('script');

  function lay() {
    document.querySelectorAll('[data-stage]').forEach(function (stage) {
      var a4 = stage.querySelector('.a4'), flow = a4.querySelector('[data-flow]');
      stage.removeAttribute('tabindex'); // what fits is not scrolled
      a4.style.transform = '';
      stage.style.height = '';
      if (flow && a4.dataset.paged && window.cutIntoPages) { window.cutIntoPages(flow, a4, a4.dataset.number); flow.remove(); }
      var scale = Math.min(1, stage.clientWidth / a4.offsetWidth);
      var height = a4.getBoundingClientRect().height;
      a4.style.transform = 'scale(' + scale + ')';
      stage.style.height = Math.ceil(height * scale) + 'px';
    });
  }
  lay();
  addEventListener('resize', lay);

  var form = document.querySelector('form[data-live]'), result = document.getElementById('result');
  if (!form || !result) return;
  var timer = null, asked = 0;

  // A tab is the same one however often its page is loaded: what it sent last may come in after the page was asked for again.
  try {
    if (form.elements.tab) form.elements.tab.value = sessionStorage.tab = sessionStorage.tab || form.elements.tab.value;
  } catch (error) { /* without a place of its own it is another one */ }

  function look() {
    var mine = ++asked, sent = new FormData(form);
    sent.set('do', 'look');
    fetch(form.action, { method: 'POST', body: sent, headers: { 'X-Desk': '1' } }).then(function (answer) {
      if (answer.status === 202 && mine === asked) timer = setTimeout(look, 1000); // it is being read
      if (!answer.ok || answer.status === 202) return null;
      return answer.json();
    }).then(function (news) {
      if (news && news.rev) form.elements.rev.value = news.rev;
      if (!news || mine !== asked) return;
      form.querySelector('[data-elsewhere]').innerHTML = news.elsewhere || '';
      if (news.elsewhere) return;
      var top = result.scrollTop;
      result.innerHTML = news.html;
      lay();
      result.scrollTop = top;
      form.querySelectorAll('.fact[data-name]').forEach(function (fact) {
        var name = fact.dataset.name, wrong = fact.querySelector('p.wrong');
        var field = fact.querySelector('[name^="now."]'), shown = fact.querySelector('[name^="shown."]');
        if (wrong && news.wrong) wrong.textContent = news.wrong[name] || '';
        if (news.states && news.states[name]) fact.className = 'fact ' + news.states[name] + (news.wrong[name] ? ' wrong' : '');
        if (!field || !news.values || !(name in news.values)) return;
        var now = String(news.values[name]);
        if (field !== document.activeElement && field.value.trim() === shown.value.trim()) field.value = now;
        shown.value = now; // what the desk has of it
      });
    }).catch(function () { document.dispatchEvent(new Event('desk:lost')); });
  }
  function soon(event) {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(look, 400);
  }
  form.addEventListener('change', function (event) {
    var fact = event.target.name && event.target.name.indexOf('take.') === 0 && event.target.closest('.fact');
    if (fact) fact.classList.toggle('off', !event.target.checked);
  });
  form.addEventListener('input', soon);
  form.addEventListener('compositionend', soon);
}());
