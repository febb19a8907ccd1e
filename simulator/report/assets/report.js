const data = JSON.parse(document.getElementById('data').textContent);
const plots = document.getElementById('plots');
const tip = document.getElementById('tip');
const filter = document.getElementById('filter');
const rows = [...document.querySelectorAll('.decisions li')];

const place = (left, top) => {
  const frame = plots.getBoundingClientRect();
  tip.style.top = `${top - frame.top + 18}px`;
  tip.style.left = `${Math.max(0, Math.min(left - frame.left + 14, frame.width - tip.offsetWidth))}px`;
};

const show = (html, left, top) => {
  tip.replaceChildren(...html);
  tip.hidden = false;
  place(left, top);
};

const hide = () => {
  tip.hidden = true;
  for (const cursor of document.querySelectorAll('.cursor')) {
    cursor.setAttribute('visibility', 'hidden');
  }
};

const line = (text) => {
  const element = document.createElement('div');
  element.textContent = text;
  return element;
};

const showMark = (mark, left, top) => {
  const row = document.getElementById(mark.dataset.mark);
  const trace = row.querySelector('table').cloneNode(true);
  show([line(row.querySelector('summary').textContent), trace], left, top);
};

const showPoint = (plot, event) => {
  const width = data.sizes[plot.classList[0]];
  const frame = plot.getBoundingClientRect();
  const x = ((event.clientX - frame.left) / frame.width) * width;
  const share = (x - data.left) / (width - data.right - data.left);
  if (share < 0 || share > 1 || data.points.length === 0) return hide();

  const point = data.points[Math.round(share * (data.points.length - 1))];
  const [time, load, wanted, serving, latency, ...metrics] = point;
  for (const cursor of document.querySelectorAll(`.${plot.classList[0]} .cursor`)) {
    cursor.setAttribute('x1', x);
    cursor.setAttribute('x2', x);
    cursor.setAttribute('visibility', 'visible');
  }
  const texts = [
    `${time} UTC`,
    `${load} requests/s`,
    `${wanted} wanted, ${serving} serving`,
    ...data.metrics.map((name, index) => `${name} ${metrics[index] ?? 'missing'}`),
    `p95 ${latency} ms`,
  ];
  show(texts.map(line), event.clientX, event.clientY);
};

const follow = (event) => {
  const mark = event.target.closest('[data-mark]');
  if (mark) return showMark(mark, event.clientX, event.clientY);
  const plot = event.target.closest('svg');
  if (plot) showPoint(plot, event);
  else hide();
};

const open = (mark) => {
  const row = document.getElementById(mark.dataset.mark);
  row.hidden = false;
  row.querySelector('details').open = true;
  row.querySelector('summary').focus({ preventScroll: true });
  row.scrollIntoView({ block: 'center' });
};

plots.addEventListener('pointermove', follow);
plots.addEventListener('pointerdown', follow);
plots.addEventListener('pointerleave', hide);
plots.addEventListener('click', (event) => {
  const mark = event.target.closest('[data-mark]');
  if (mark) open(mark);
});

// One mark can be reached with Tab; the arrow keys lead from it to the others, by time.
const marksBeside = (mark) => {
  const order = new Map(rows.map((row, index) => [row.id, index]));
  return [...mark.closest('svg').querySelectorAll('[data-mark]')]
    .filter((each) => each.style.display !== 'none')
    .sort((one, other) => order.get(one.dataset.mark) - order.get(other.dataset.mark));
};
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };
plots.addEventListener('keydown', (event) => {
  const mark = event.target.closest('[data-mark]');
  if (event.key === 'Escape') hide();
  if (!mark) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    open(mark);
    return;
  }
  const marks = marksBeside(mark);
  const ends = { Home: marks[0], End: marks[marks.length - 1] };
  const next = ends[event.key] ?? marks[marks.indexOf(mark) + STEPS[event.key]];
  if (!next) return;
  event.preventDefault();
  mark.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
});
plots.addEventListener('focusin', (event) => {
  const mark = event.target.closest('[data-mark]');
  if (!mark) return;
  const frame = mark.getBoundingClientRect();
  showMark(mark, frame.left, frame.bottom);
});
plots.addEventListener('focusout', hide);

const showMarks = (shown) => {
  for (const plot of plots.querySelectorAll('svg')) {
    const marks = [...plot.querySelectorAll('[data-mark]')];
    const first = marks.find((mark) => shown.has(mark.dataset.mark));
    for (const mark of marks) {
      mark.style.display = shown.has(mark.dataset.mark) ? '' : 'none';
      mark.setAttribute('tabindex', mark === first ? '0' : '-1');
    }
  }
};

/** The decision and its reason; the trace below it names every rule. */
const sentenceOf = (row) => row.querySelector('summary').textContent.toLowerCase();

const select = () => {
  const checked = filter.querySelectorAll('[type=checkbox]:checked');
  const kinds = new Set([...checked].map((box) => box.name));
  const words = filter.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = (row) =>
    kinds.has(row.dataset.kind) && words.every((word) => sentenceOf(row).includes(word));
  const shown = new Set(rows.filter(isWanted).map((row) => row.id));
  for (const row of rows) row.hidden = !shown.has(row.id);
  showMarks(shown);
  document.getElementById('none').hidden = shown.size > 0;
};
filter.addEventListener('input', select);
filter.addEventListener('submit', (event) => event.preventDefault());
