// The editor: CodeMirror in the colors of the page. Tab indents; after Escape it leaves.
import {defaultKeymap, history, historyKeymap, indentWithTab} from '@codemirror/commands';
import {python} from '@codemirror/lang-python';
import {bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting} from '@codemirror/language';
import {EditorState} from '@codemirror/state';
import {drawSelection, EditorView, keymap} from '@codemirror/view';
import {tags} from '@lezer/highlight';

const COLORS = HighlightStyle.define([
  {tag: tags.keyword, color: 'var(--bl-focus)'},
  {tag: [tags.string, tags.special(tags.string)], color: 'var(--bl-good)'},
  {tag: [tags.number, tags.bool, tags.null], color: 'var(--bl-pos)'},
  {tag: tags.comment, color: 'var(--bl-mute)', fontStyle: 'italic'},
  {tag: tags.definition(tags.function(tags.variableName)), fontWeight: '600'},
]);
const LOOK = EditorView.theme({
  '&': {color: 'var(--bl-fg)', background: 'var(--bl-card)'},
  '.cm-scroller': {font: 'inherit', lineHeight: 'inherit'},
  '.cm-content': {caretColor: 'var(--bl-fg)', padding: '.5em 0'},
  '.cm-cursor': {borderLeftColor: 'var(--bl-fg)'},
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {background: 'var(--bl-halo)'},
  '&.cm-focused': {outline: '3px solid var(--bl-focus)', outlineOffset: '1px'},
  '&.cm-focused .cm-matchingBracket': {background: 'var(--bl-hot)', outline: '1px solid var(--bl-line)'},
});

// {text, label, changed, run}: what it begins with, its name, what to call on a change and on Shift+Enter.
export function edit(parent, {text, label, changed, run}) {
  const keys = [{key: 'Shift-Enter', run: () => { run(); return true; }}, indentWithTab, ...defaultKeymap, ...historyKeymap];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of(keys), history(), drawSelection(), indentUnit.of('    '), indentOnInput(), bracketMatching(),
        python(), syntaxHighlighting(COLORS), LOOK, EditorView.lineWrapping,
        EditorView.contentAttributes.of({'aria-label': label, autocapitalize: 'off', spellcheck: 'false'}),
        EditorView.updateListener.of(update => { if (update.docChanged) changed(view.state.doc.toString()); }),
      ],
    }),
  });
  return {
    put: words => view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: words}}),
    focus: () => view.focus(),
    remove: () => view.destroy(),
  };
}
