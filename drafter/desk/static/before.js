// Another way to set a paper is shown as soon as it is chosen.
(function () {
  'use strict';
  var form = document.querySelector('.choose-look[data-at-once]');
  if (!form) return;
  form.querySelector('button').hidden = true;
  form.addEventListener('change', function () { form.requestSubmit(); });
}());
