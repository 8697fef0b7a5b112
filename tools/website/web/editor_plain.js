// The editor where no CodeMirror was bundled: a text area in which Tab indents, and after Escape leaves.
const INDENT = '    ';

// {text, label, changed, run}: what it begins with, its name, what to call on a change and on Shift+Enter.
export function edit(parent, {text, label, changed, run}) {
  const area = document.createElement('textarea');
  area.className = 'editor-plain';
  area.setAttribute('aria-label', label);
  Object.assign(area, {spellcheck: false, autocapitalize: 'off', autocomplete: 'off', value: text});
  const fit = () => { area.rows = area.value.split('\n').length + 1; };
  const put = (words, from = area.selectionStart, to = area.selectionEnd) => {
    area.setRangeText(words, from, to, 'end');
    area.dispatchEvent(new Event('input'));
  };
  let leaving = false;
  area.addEventListener('input', () => { fit(); changed(area.value); });
  area.addEventListener('keydown', event => {
    const line = area.value.slice(0, area.selectionStart).split('\n').at(-1), indent = line.match(/^ */)[0];
    if (event.key === 'Enter' && event.shiftKey) run();
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) put(`\n${indent}${/:\s*$/.test(line) ? INDENT : ''}`);
    else if (event.key === 'Tab' && !event.shiftKey && !leaving) put(INDENT);
    else if (event.key === 'Tab' && !leaving && indent) {
      const start = area.selectionStart - line.length;
      put('', start, start + Math.min(INDENT.length, indent.length));
    } else {
      leaving = event.key === 'Escape' || (leaving && event.key === 'Shift');
      return;
    }
    leaving = false;
    event.preventDefault();
  });
  parent.append(area);
  fit();
  return {put: words => { area.value = words; fit(); }, focus: () => area.focus(), remove: () => area.remove()};
}
