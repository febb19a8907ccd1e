const data = JSON.parse(document.getElementById('data').textContent);
const plots = document.getElementById('plots');
const tip = document.getElementById('tip');
const cursors = [...document.querySelectorAll('.cursor')];

const show = (html, event) => {
  tip.replaceChildren(...html);
  tip.hidden = false;
  const frame = plots.getBoundingClientRect();
  const left = event.clientX - frame.left;
  tip.style.top = `${event.clientY - frame.top + 18}px`;
  tip.style.left = `${Math.max(0, Math.min(left + 14, frame.width - tip.offsetWidth))}px`;
};

const hide = () => {
  tip.hidden = true;
  for (const cursor of cursors) cursor.setAttribute('visibility', 'hidden');
};

const pointAt = (clientX) => {
  const frame = plots.getBoundingClientRect();
  const x = ((clientX - frame.left) / frame.width) * data.width;
  const share = (x - data.left) / (data.right - data.left);
  if (share < 0 || share > 1 || data.points.length === 0) return undefined;

  const point = data.points[Math.round(share * (data.points.length - 1))];
  return { x, point };
};

const line = (text) => {
  const element = document.createElement('div');
  element.textContent = text;
  return element;
};

plots.addEventListener('pointermove', (event) => {
  const mark = event.target.closest('[data-mark]');
  if (mark) {
    const row = document.getElementById(mark.dataset.mark);
    const summary = line(row.querySelector('summary').textContent);
    show([summary, row.querySelector('table').cloneNode(true)], event);
    return;
  }

  const found = pointAt(event.clientX);
  if (!found) return hide();
  const [time, load, wanted, serving, latency] = found.point;
  for (const cursor of cursors) {
    cursor.setAttribute('x1', found.x);
    cursor.setAttribute('x2', found.x);
    cursor.setAttribute('visibility', 'visible');
  }
  show(
    [
      line(`${time} UTC`),
      line(`${load} requests/s`),
      line(`${wanted} wanted, ${serving} serving`),
      line(`p95 ${latency} ms`),
    ],
    event,
  );
});
plots.addEventListener('pointerleave', hide);
plots.addEventListener('click', (event) => {
  const mark = event.target.closest('[data-mark]');
  if (!mark) return;
  const row = document.getElementById(mark.dataset.mark);
  row.querySelector('details').open = true;
  row.scrollIntoView({ block: 'center' });
});
