// Pages of text: the reader's language and theme, kept in the address from page to page.
(() => {
  "use strict";
  const root = document.documentElement;
  const languages = [...document.querySelectorAll("[data-language]")];
  const known = languages.map((x) => x.dataset.language);
  const read = () => new URLSearchParams(location.hash.slice(1));
  const preferred = () => {
    for (const tag of navigator.languages ?? []) {
      if (/^zh-(Hant|TW|HK|MO)/i.test(tag)) return "zh-Hant";
      if (/^zh/i.test(tag)) return "zh-Hans";
      if (/^en/i.test(tag)) return "en";
    }
    return "en";
  };
  const state = { lang: known.includes(read().get("lang")) ? read().get("lang") : preferred(), theme: read().get("theme") ?? "" };

  function show() {
    root.lang = state.lang;
    if (state.theme) root.dataset.theme = state.theme;
    else delete root.dataset.theme;
    for (const x of languages) x.setAttribute("aria-pressed", String(x.dataset.language === state.lang));
    // Links within the site take language and theme along; what they say else stays.
    for (const a of document.querySelectorAll("a[data-keep]")) {
      const hash = new URLSearchParams(a.dataset.keep);
      hash.set("lang", state.lang);
      if (state.theme) hash.set("theme", state.theme);
      const kept = "#" + hash.toString().replace(/\+/g, "%20");
      // A link in a picture has no parts of an address to set.
      if (a instanceof SVGElement) a.setAttribute("href", kept);
      else a.hash = kept;
    }
    // Of an element's titles, browsers show the first.
    for (const title of document.querySelectorAll(`svg title[lang="${state.lang}"]`)) title.parentNode.prepend(title);
    const inLanguage = (element) => (element.querySelector(`[data-l="${state.lang}"]`) ?? element).textContent;
    document.title = ["h1", ".brand a"].map((at) => inLanguage(document.querySelector(at))).join(" · ");
  }

  for (const x of languages) {
    x.addEventListener("click", () => {
      state.lang = x.dataset.language;
      show();
    });
  }
  document.getElementById("theme").addEventListener("click", () => {
    const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    state.theme = dark ? "light" : "dark";
    show();
  });
  // A link to one thing names it behind the language: "#lang=en&at=s-reuters".
  function goTo(place) {
    const found = place && document.getElementById(place);
    if (!found) return;
    for (const x of document.querySelectorAll(".at")) x.classList.remove("at");
    const folded = found.closest("details");
    if (folded) folded.open = true;
    found.scrollIntoView({ block: folded ? "center" : "start" });
    found.classList.add("at");
  }
  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const x of folded) x.open = true;
  });
  addEventListener("afterprint", () => { for (const x of folded) x.open = false; });
  const place = read().get("at");
  show();
  goTo(place);
  addEventListener("hashchange", () => goTo(read().get("at")));
  // A second click on the same point changes no address.
  for (const a of document.querySelectorAll("svg a[data-keep]")) a.addEventListener("click", () => goTo(new URLSearchParams(a.dataset.keep).get("at")));
})();
