/** Adds up the parts of a form as one types, and marks a sum that is too much. Forms work without it. For Chrome 68. */
export const FORM_SCRIPT = `(function () {
  'use strict';
  var table = document.querySelector('table.parts');
  if (!table) return;
  var sum = document.getElementById('parts-sum');
  var most = Number(table.getAttribute('data-quantity'));

  function add() {
    var total = 0;
    table.querySelectorAll('input[type=number]').forEach(function (input) { total += Number(input.value) || 0; });
    var together = table.getAttribute('data-together').replace('{sum}', total.toLocaleString('en'));
    sum.textContent = total === 0 ? '' : together.replace('{quantity}', most.toLocaleString('en'));
    sum.className = total > most ? 'problem' : 'quiet';
  }

  table.addEventListener('input', add);
  add();
})();
`;
