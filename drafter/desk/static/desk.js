// What every page has: the word that somebody looks, places to drop files on, a short message, and the way back.
(function () {
  'use strict';

  // Says something for a few seconds; screen readers read it.
  window.said = function (text) {
    var row = document.createElement('p');
    row.textContent = text;
    document.getElementById('said').appendChild(row);
    setTimeout(function () { row.remove(); }, 5000);
  };

  // The desk ends once no page speaks any more; and a page says when the desk no longer answers.
  var gone = document.getElementById('gone');
  function alive() {
    return fetch('/alive', { method: 'POST', headers: { 'X-Desk': '1' } }).then(function (answer) {
      if (!answer.ok) throw new Error('gone');
      if (!gone.hidden) { gone.hidden = true; document.dispatchEvent(new Event('desk:back')); }
    }).catch(function () { gone.hidden = false; });
  }
  setInterval(alive, 20000);
  document.addEventListener('desk:lost', alive);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) alive(); });
  addEventListener('pagehide', function () { navigator.sendBeacon('/alive?closed'); });
  addEventListener('pageshow', function (event) { if (event.persisted) alive(); });

  document.addEventListener('dragover', function (event) {
    var place = event.target.closest && event.target.closest('[data-drop]');
    event.preventDefault(); // a file dropped beside must not take the page away
    if (place) place.classList.add('over');
  });
  document.addEventListener('dragleave', function (event) {
    var place = event.target.closest && event.target.closest('[data-drop]');
    if (place && !place.contains(event.relatedTarget)) place.classList.remove('over');
  });
  document.addEventListener('drop', function (event) {
    var place = (event.target.closest && event.target.closest('[data-drop]')) || document.querySelector('[data-drop]');
    event.preventDefault();
    if (!place || !event.dataTransfer.files.length) return;
    place.classList.remove('over');
    var field = place.querySelector('input[type=file]');
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
  document.addEventListener('change', function (event) {
    var place = event.target.closest && event.target.closest('[data-drop]');
    if (!place || event.target.type !== 'file') return;
    var names = Array.prototype.map.call(event.target.files, function (file) { return file.name; });
    var size = Array.prototype.reduce.call(event.target.files, function (sum, file) { return sum + file.size; }, 0);
    if (size > 67108864) { // the desk would refuse it: said before it is sent
      event.target.value = '';
      place.classList.add('refused');
      place.querySelector('.chosen').textContent = '太大了，没有收：一次最多 64 MB。换小一些的文件，或者分几次来。';
      return;
    }
    place.classList.remove('refused');
    place.querySelector('.chosen').textContent = names.join('、');
    if (place.hasAttribute('data-at-once') && names.length) event.target.form.requestSubmit();
  });

  // 打开 copies into the user's folder and says under which name.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (!form.hasAttribute('data-open')) return;
    event.preventDefault();
    fetch(form.action, { method: 'POST', headers: { 'X-Desk': '1' } }).then(function (answer) {
      return answer.text().then(function (text) { window.said(answer.ok ? '已放进“起草台”文件夹并打开：' + text : '没有打开。'); });
    }).catch(function () { document.dispatchEvent(new Event('desk:lost')); });
  });

  document.addEventListener('click', function (event) {
    var back = event.target.closest && event.target.closest('[data-back]');
    if (back && history.length > 1) { event.preventDefault(); history.back(); }
  });
}());
