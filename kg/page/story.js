// A story: a few saved views, one after the other, each with some words.

const story = () => G.story ?? [];

function showStory() {
  const box = $("story");
  const step = story()[S.story - 1];
  box.hidden = !step;
  document.body.classList.toggle("telling", Boolean(step));
  if (!step) return;
  const kept = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const last = S.story === story().length;
  box.replaceChildren(
    el("p", { class: "kicker" }, t("story_step", { n: S.story, all: story().length })),
    el("h2", {}, words(step.title)),
    el("p", {}, words(step.text)),
    el("p", { class: "actions" },
      el("button", { type: "button", "data-key": "story back", disabled: S.story === 1, onclick: () => goTo(S.story - 1) }, `← ${t("story_back")}`),
      el("button", { type: "button", class: "solid", "data-key": "story next", onclick: () => goTo(last ? 0 : S.story + 1) }, last ? t("story_end") : `${t("story_next")} →`),
      !last && el("button", { type: "button", class: "quiet", "data-key": "story end", onclick: () => goTo(0) }, t("story_end"))));
  const again = kept && [...box.querySelectorAll("button")].find((x) => x.dataset.key === kept && !x.disabled);
  (again || (kept && box.querySelector(".solid")))?.focus();
}

// A step's view replaces the reader's, but for language and theme; the end leaves the view.
function goTo(number) {
  const { lang, theme } = S;
  if (number) {
    readState(story()[number - 1].view);
    Object.assign(S, { lang, theme, story: number });
    fitted = true;
    if (S.view === "loops" && S.loop) lightHops();
  } else S.story = 0;
  showView();
  changed();
  if (!number) $("tell").focus();
  else $("story").querySelector(".solid").focus();
}
