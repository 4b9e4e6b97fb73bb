/**
 * Moves the page's clock, and leaves a page whose session has ended. Pages work without it. Written for
 * Chrome 68. The clock may stand still, run fast or jump: the script asks, and in between it goes on at
 * the speed that it saw last.
 */
export const CLOCK_SCRIPT = `(function () {
  'use strict';
  var ASK_MS = 2000;
  var clock = document.getElementById('clock');
  var phase = document.getElementById('phase');
  var wasOpen = document.body.getAttribute('data-session') === 'open';
  var ending = document.getElementById('ending');
  var unread = document.getElementById('unread');
  var count = unread ? Number(unread.firstChild.nodeValue) : 0;
  var noAnswer = document.body.getAttribute('data-no-answer');
  var others = document.body.getAttribute('data-others');
  var last;

  function show() {
    if (!last) return;
    var time = last.time + Math.min(performance.now() - last.read, 2 * ASK_MS) * last.speed;
    // Hong Kong is 8 hours ahead of UTC.
    var text = new Date(time + 28800000).toISOString();
    clock.textContent = text.slice(0, 10) + ' ' + text.slice(11, 19);
  }

  function hear(status) {
    var time = Date.parse(status.time);
    var read = performance.now();
    var speed = last ? (time - last.time) / (read - last.read) : 0;
    // A jump is no speed.
    last = { time: time, read: read, speed: speed >= 0 && speed <= 120 ? speed : 0 };
    phase.textContent = status.phaseText;
    phase.className = 'phase phase-' + status.phase;
    show();
    if (wasOpen && !status.loggedIn) window.location.assign('/login');
    if (ending) {
      ending.textContent = status.ending;
      ending.hidden = status.ending === '';
    }
    if (unread) {
      // A message that comes while the list of messages is open is shown.
      if (status.unread > count && window.location.pathname === '/messages') window.location.assign('/messages?auto=1');
      count = status.unread;
      unread.firstChild.nodeValue = ' ' + count + ' ';
      unread.hidden = count === 0;
    }
  }

  function ask() {
    fetch('/status', { cache: 'no-store', credentials: 'same-origin' })
      .then(function (answer) { return answer.json(); })
      .then(hear)
      .catch(function () { phase.textContent = noAnswer + ' ' + others; phase.className = 'phase phase-closed'; });
  }

  ask();
  setInterval(ask, ASK_MS);
  setInterval(show, 250);
})();
`;
