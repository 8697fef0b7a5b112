// A quiz in the browser: sends what is chosen to Python, shows what it says. Computes nothing.
const LATE = 'Python has not answered yet. It may be busy; if the kernel was restarted, run this cell again.';
const LATE_MS = 1500;

function render({model, el}) {
  el.classList.add('bl', 'bl-quiz');
  el.dataset.lmSuppressShortcuts = 'true'; // keys pressed here are ours, not JupyterLab's
  el.innerHTML = model.get('picture');
  el.addEventListener('keydown', event => { if (event.key.startsWith('Arrow')) event.stopPropagation(); }); // they move in a group
  let late;

  function draw() { // only what is said of the answers changes: forms keep focus and choices
    clearTimeout(late);
    const template = document.createElement('template');
    template.innerHTML = model.get('picture');
    for (const wanted of template.content.querySelectorAll('[data-key]')) {
      const node = el.querySelector(`[data-key="${wanted.dataset.key}"]`);
      if (node.innerHTML !== wanted.innerHTML) node.innerHTML = wanted.innerHTML;
    }
  }

  el.addEventListener('submit', event => {
    event.preventDefault();
    const form = event.target, chosen = [...form.querySelectorAll('input:checked')].map(input => Number(input.value));
    if (!chosen.length) { form.querySelector('input').focus(); return; }
    model.set('attempt', {question: Number(form.dataset.question), chosen, turn: (model.get('attempt').turn || 0) + 1});
    model.save_changes();
    clearTimeout(late);
    late = setTimeout(() => { form.querySelector('[data-key]').textContent = LATE; }, LATE_MS);
  });
  model.on('change:picture', draw);
  return () => { clearTimeout(late); model.off('change:picture', draw); };
}

export default {render};
