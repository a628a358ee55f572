// The editor: highlighting, and completion from the ontology, the graph's entities by any of their
// names, and the query's own variables. It lives in a shadow root, because the page's policy allows
// no style element that a script makes, and there the editor hands its styles over as objects.

const {
  autocompletion, bracketMatching, Compartment, completionKeymap, defaultKeymap, drawSelection, EditorState, EditorView,
  HighlightStyle, history, historyKeymap, keymap, lineNumbers, Prec, setDiagnostics, sparql, StreamLanguage,
  syntaxHighlighting, tags,
} = kgEditor;

const KEYWORDS = `SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS BIND VALUES ORDER BY GROUP BY HAVING LIMIT OFFSET ASC DESC
  AS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT CONSTRUCT ASK DESCRIBE PREFIX GRAPH EXISTS NOT IN IF COALESCE BOUND STR LANG
  LANGMATCHES DATATYPE REGEX REPLACE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLEN SUBSTR UCASE LCASE CONCAT YEAR
  MONTH DAY ABS ROUND CEIL FLOOR isIRI isLiteral UNDEF`.split(/\s+/);
const MOST_OFFERED = 40;

const colors = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--q-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--q-variable)" },
  { tag: [tags.string, tags.number], color: "var(--q-literal)" },
  { tag: tags.comment, color: "var(--mute)", fontStyle: "italic" },
  { tag: [tags.atom, tags.tagName, tags.propertyName], color: "var(--q-name)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", fontSize: "13px", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--mute)", border: "none" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-soft)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", border: "1px solid var(--rule)", borderRadius: "6px", boxShadow: "var(--shadow)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", maxHeight: "16em" },
  ".cm-tooltip-autocomplete ul li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--ink)" },
  ".cm-completionDetail": { color: "var(--mute)", fontStyle: "normal", marginLeft: "1em" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
});

// What may stand at the cursor: [{label, detail, type}].
function offered(word, text) {
  if (word.startsWith("?") || word.startsWith("$")) {
    const names = new Set([...text.matchAll(/[?$]([\w\u00C0-\uFFFF]+)/g)].map((m) => word[0] + m[1]));
    names.delete(word);
    return [...names].filter((name) => name.startsWith(word)).map((label) => ({ label, type: "variable" }));
  }
  const [, prefix, rest] = /^(?:([\w-]*):)?(.*)$/u.exec(word);
  const found = [];
  if (prefix === undefined) {
    const start = rest.toUpperCase();
    found.push(...KEYWORDS.filter((k) => k.toUpperCase().startsWith(start) && k !== rest).map((label) => ({ label, type: "keyword" })));
  }
  if (prefix === undefined || prefix === "kg") found.push(...vocabulary(fold(rest)));
  if (prefix === undefined || prefix === "d") {
    const hits = rest ? findNames(rest, MOST_OFFERED) : G.nodes.slice(0, MOST_OFFERED).map(({ id }) => ({ id, name: nameOf(id) }));
    found.push(...hits.map(({ id, name }) => ({
      label: written(id), type: "constant",
      detail: [nameOf(id), name !== nameOf(id) && name !== id && name, term("types", nodes.get(id).type)].filter(Boolean).join(" · "),
    })));
  }
  if (prefix === undefined) found.push(...Object.keys(D.prefixes).filter((p) => p.startsWith(rest)).map((p) => ({ label: `${p}:`, type: "namespace" })));
  return found;
}

// Terms of the ontology whose code or label, in any language, holds what was typed.
const vocabulary = (wanted) =>
  terms
    .filter(({ code, labels }) => !wanted || [code, ...Object.values(labels)].some((name) => fold(name).includes(wanted)))
    .map(({ code, labels }) => ({ label: `kg:${code}`, type: "property", detail: words(labels) }))
    .slice(0, MOST_OFFERED * 4);

function complete(context) {
  const before = context.matchBefore(/[?$]?[\p{L}\p{N}_.-]*:?[\p{L}\p{N}_.-]*$/u);
  if (!before || (before.text.length < 2 && !context.explicit && !/[?:]$/.test(before.text))) return null;
  if (/^\s*#/.test(context.state.doc.lineAt(context.pos).text)) return null;
  const options = offered(before.text, context.state.doc.toString());
  return options.length ? { from: before.from, options, filter: false } : null;
}

// The editor in `host`: {text(), put(text), mark(error), name(label)}.
function makeEditor(host, first, run, edited) {
  const label = new Compartment();
  const named = (name) => EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0", spellcheck: "false", autocapitalize: "off" });
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: first,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }])),
        lineNumbers(), history(), drawSelection(), bracketMatching(), EditorView.lineWrapping,
        StreamLanguage.define(sparql), syntaxHighlighting(colors), look,
        autocompletion({ override: [complete], icons: false }),
        keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => update.docChanged && edited()),
        label.of(named("SPARQL")),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    put: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark(error) {
      const at = error?.line ? Math.min(view.state.doc.line(error.line).from + error.column - 1, view.state.doc.length) : -1;
      const found = at < 0 ? [] : [{ from: Math.min(at, view.state.doc.length), to: Math.min(at + 1, view.state.doc.length), severity: "error", message: error.text }];
      view.dispatch(setDiagnostics(view.state, found));
    },
    name: (text) => view.dispatch({ effects: label.reconfigure(named(text)) }),
  };
}
