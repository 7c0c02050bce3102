// Pages in a frame: cut, and made as wide as the frame. The page around tells of new ones by `newPages`.
(function () {
  'use strict';
  var flow = document.getElementById('flow'), pages = document.getElementById('pages');
  var none = document.getElementById('none'), look = document.getElementById('look');

  function fit() {
    var paper = document.querySelector('.paper:not([hidden])');
    if (!paper) return;
    document.body.style.zoom = 1;
    var scale = Math.min(1.25, document.documentElement.clientWidth / (paper.offsetWidth + 24));
    document.body.style.zoom = scale;
  }

  function lay(number) {
    var fresh = document.createElement('div'), top = document.scrollingElement.scrollTop;
    document.body.style.zoom = 1;
    flow.hidden = false;
    pages.replaceWith(fresh);
    fresh.id = 'pages';
    window.cutIntoPages(flow, fresh, number);
    pages = fresh;
    flow.hidden = true;
    fit();
    document.scrollingElement.scrollTop = top;
  }

  // `told` has body, css and number; null: the text makes no pages as it is now, and those it made last are shown dim.
  window.newPages = function (told) {
    if (!told) {
      pages.classList.add('stale');
      if (!pages.children.length) none.hidden = false;
      return;
    }
    none.hidden = true;
    flow.innerHTML = told.body;
    if (look.textContent !== told.css) look.textContent = told.css;
    lay(told.number);
  };

  if (document.body.hasAttribute('data-paged')) lay(document.body.dataset.number);
  else fit();
  addEventListener('resize', fit);
}());
