// What is typed into the form of an update is kept while it is typed; without this it is kept when it is sent.
(function () {
  'use strict';
  var form = document.querySelector('form[data-keep]');
  if (!form) return;
  var waiting = 0;
  function keep(going) {
    waiting = 0;
    var said = new FormData(form);
    said.set('step', 'keep');
    // What outlives its page may have 64 KiB and no more: only the last word asks for that.
    fetch(form.getAttribute('action'), { method: 'POST', body: said, headers: { 'X-Desk': '1' }, keepalive: going === true })
      .catch(function () { document.dispatchEvent(new Event('desk:lost')); });
  }
  form.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 500);
  });
  form.addEventListener('submit', function () { clearTimeout(waiting); waiting = 0; });
  addEventListener('pagehide', function () { if (waiting) { clearTimeout(waiting); keep(true); } });
}());
