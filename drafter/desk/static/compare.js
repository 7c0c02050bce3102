// Two drafts side by side: from one difference to the next, and only those.
(function () {
  'use strict';
  var root = document.querySelector('[data-compare]');
  if (!root) return;
  var rows = Array.prototype.slice.call(root.querySelectorAll('[data-number]')), at = -1;
  Array.prototype.forEach.call(root.querySelectorAll('[data-steps]'), function (one) { one.hidden = false; });
  function step(by) {
    if (!rows.length) return;
    at = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
    rows.forEach(function (row, n) { row.classList.toggle('here', n === at); });
    rows[at].scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    rows[at].focus({ preventScroll: true });
  }
  root.addEventListener('click', function (event) {
    var button = event.target.closest('[data-step]'), row = event.target.closest('[data-number]');
    if (button) step(+button.dataset.step);
    else if (row) { at = rows.indexOf(row); rows.forEach(function (one) { one.classList.toggle('here', one === row); }); }
  });
  root.addEventListener('change', function (event) {
    if (event.target.hasAttribute('data-only')) root.querySelector('.rows').classList.toggle('only', event.target.checked);
  });
  document.addEventListener('keydown', function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || (event.target.closest && event.target.closest('input,textarea,select'))) return;
    if (event.key === 'j' || event.key === 'k') { event.preventDefault(); step(event.key === 'j' ? 1 : -1); }
  });
}());
