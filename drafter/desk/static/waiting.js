// A page that waits tells where the work is, and goes on to what came of it.
(function () {
  'use strict';
  var place = document.querySelector('[data-waiting]');
  function ask() {
    fetch(place.dataset.waiting, { headers: { 'X-Desk': '1' } }).then(function (answer) {
      if (answer.status !== 202) { location.reload(); return; }
      return answer.text().then(function (text) {
        if (place.innerHTML.trim() !== text.trim()) place.innerHTML = text;
        setTimeout(ask, 1000);
      });
    }).catch(function () { document.dispatchEvent(new Event('desk:lost')); setTimeout(ask, 5000); });
  }
  setTimeout(ask, 500);
}());
