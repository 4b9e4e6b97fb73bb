/**
 * Checks a form as one types: marks an account that is not the own one and a number that cannot be, adds up the parts, and
 * marks a sum that is too much. It stops nobody: the server checks again. Forms work without it. For Chrome 68.
 */
export const FORM_SCRIPT = `(function () {
  'use strict';
  var form = document.querySelector('form.function');
  var said = document.getElementById('as-typed');

  function problemOf(input) {
    if (input.getAttribute('list') === 'accounts') {
      var known = Array.prototype.some.call(document.querySelectorAll('#accounts option'), function (option) {
        return option.value.toUpperCase() === input.value.trim().toUpperCase();
      });
      if (input.value.trim() !== '' && !known) return said.getAttribute('data-account').replace('{value}', input.value.trim());
    }
    if (input.type !== 'number') return '';
    var validity = input.validity;
    if (!validity.badInput && !validity.rangeUnderflow && !validity.rangeOverflow && !validity.stepMismatch) return '';
    var label = input.getAttribute('aria-label') || (input.labels[0] ? input.labels[0].textContent : '');
    return said.getAttribute('data-number').replace('{label}', label.trim()).replace('{min}', input.min).replace('{max}', Number(input.max).toLocaleString('en'));
  }

  if (form && said) {
    form.addEventListener('input', function (event) {
      var text = problemOf(event.target);
      if (text === '') event.target.removeAttribute('aria-invalid');
      else event.target.setAttribute('aria-invalid', 'true');
      said.textContent = text;
    });
  }

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
