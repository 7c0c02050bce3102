// What the desk uses of CodeMirror 6, under one name. `.ci/editor/make` bundles it into drafter/desk/static/codemirror.js.
export { EditorState, StateEffect, StateField, Compartment, Transaction } from "@codemirror/state";
export {
  EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  drawSelection, hoverTooltip, Decoration,
} from "@codemirror/view";
export { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
export { autocompletion, completionKeymap, completionStatus, startCompletion } from "@codemirror/autocomplete";
export { lintGutter, setDiagnostics, lintKeymap } from "@codemirror/lint";
export { search, searchKeymap } from "@codemirror/search";
export { syntaxHighlighting, HighlightStyle, indentUnit, bracketMatching, foldGutter } from "@codemirror/language";
export { tags } from "@lezer/highlight";
export { yaml } from "@codemirror/lang-yaml";
